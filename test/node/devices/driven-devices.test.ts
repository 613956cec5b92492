/* The driver's side of virtual devices, with pages that only record what they are told. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { type DrivenPage, installDevices, type TestFile, virtualDevices } from 'track-elements/testing';
import { rejectionOf } from '../../support/rejections.js';
import { after, assert, before, describe, it } from '../../support/suite.js';

/** A request of the driver, as its page gets it. */
interface Command {
  readonly run: string;
  readonly [field: string]: unknown;
}

/** A page that records the requests. */
function openPage(answers: Record<string, unknown> = {}) {
  const commands: Command[] = [];
  const trackElementsDevices = {
    async run(command: Command) {
      commands.push(command);
      return answers[command.run];
    },
  };
  const run = (text: string): Promise<unknown> => runInContext(text, createContext({ trackElementsDevices }));
  return { commands, run };
}

const text = 'the bytes of a file';
const bytes = new TextEncoder().encode(text);
const data = Buffer.from(text).toString('base64');
let folder = '';
let path = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driven-'));
  path = join(folder, 'question.wav');
  await writeFile(path, text);
});

after(() => rm(folder, { recursive: true }));

describe('A driver', () => {
  const drivers: Record<string, (run: (text: string) => Promise<unknown>) => DrivenPage> = {
    'Playwright or Puppeteer': (run) => ({ evaluate: run }),
    // WebDriver runs the body of a function.
    WebdriverIO: (run) => ({ execute: (body: string) => run(`(() => { ${body} })()`) }),
    Selenium: (run) => ({ executeScript: (body: string) => run(`(() => { ${body} })()`) }),
    'the window of Cypress': (run) => ({ eval: run }),
    'a function': (run) => run,
  };
  for (const [name, pageOf] of Object.entries(drivers)) {
    it(`is ${name}`, async () => {
      const { commands, run } = openPage({ list: [] });
      assert.deepEqual(await virtualDevices(pageOf(run)).list(), []);
      assert.deepEqual(commands, [{ run: 'list' }]);
    });
  }

  it('that cannot evaluate gets an error that says what it needs', async () => {
    const error = await rejectionOf(virtualDevices({} as DrivenPage).list());
    assert.match(error.message, /no evaluate\(\), execute\(\) or executeScript\(\)/);
  });

  it('with WebDriver BiDi puts the script before those of the page, as a function', async () => {
    let declaration = '';
    const browser = {
      // The one of WebdriverIO.
      async addInitScript(script: unknown) {
        if (typeof script !== 'function') throw new TypeError('A function is needed.');
      },
      async scriptAddPreloadScript({ functionDeclaration }: { functionDeclaration: string }) {
        declaration = functionDeclaration;
      },
    };
    await installDevices(browser, { cameras: [{ label: 'One' }] });
    // On a server it only keeps the description.
    const scope: Record<string, unknown> = { Event, EventTarget };
    runInContext(`(${declaration})()`, createContext(scope));
    assert.deepEqual(JSON.parse(JSON.stringify(scope.trackElementsDevicesDescription)), {
      cameras: [{ label: 'One' }],
    });
  });
});

describe('Requests', () => {
  it('are sent in the order of the calls, also if a file is read first, or cannot be read', async () => {
    const { commands, run } = openPage();
    const one = virtualDevices(run);
    const played = one.microphone('first').play(path);
    const missing = rejectionOf(one.microphone('none').play('no-such-file.wav'));
    // Another object of the same page.
    const shown = virtualDevices(run).microphone('second').show({ waveform: 'silence' });
    await Promise.all([played, missing, shown]);
    assert.deepEqual(
      commands.map(({ name }) => name),
      ['first', 'second'],
    );
  });
});

describe('A file for a microphone', () => {
  const files: Record<string, () => TestFile> = {
    'a path': () => path,
    'the URL of a file': () => pathToFileURL(path),
    'the URL of a file as a text': () => pathToFileURL(path).href,
    'a Buffer': () => Buffer.from(text),
    'a part of a larger buffer': () => new TextEncoder().encode(`--${text}--`).subarray(2, -2),
    'an ArrayBuffer': () => bytes.slice().buffer,
    'a Blob': () => new Blob([bytes]),
  };
  for (const [name, file] of Object.entries(files)) {
    it(`is ${name}`, async () => {
      const { commands, run } = openPage();
      await virtualDevices(run).microphone().play(file());
      const [{ action, value } = { action: '', value: {} }] = commands as {
        action?: string;
        value?: { data?: string };
      }[];
      assert.equal(action, 'play');
      assert.equal(value?.data, data);
    });
  }

  it('is a URL that the page loads', async () => {
    for (const url of ['https://localhost/question.wav', new URL('https://localhost/question.wav')]) {
      const { commands, run } = openPage();
      await virtualDevices(run).microphone().play(url);
      assert.deepEqual(commands[0]?.value, { url: 'https://localhost/question.wav' });
    }
  });

  it('that is missing is reported with the folder in which it was searched', async () => {
    const { commands, run } = openPage();
    const { message } = await rejectionOf(virtualDevices(run).microphone().play('no-such-file.wav'));
    assert.include(message, `clip is "no-such-file.wav", which cannot be read from ${process.cwd()} (ENOENT`);
    assert.include(message, 'give a path, a URL that the page loads, or bytes.');
    assert.lengthOf(commands, 0);
  });

  it('is one: a list is refused with all that is accepted', async () => {
    for (const given of [[path, path], 7, null]) {
      const { commands, run } = openPage();
      const { name, message } = await rejectionOf(
        virtualDevices(run)
          .microphone()
          .play(given as never),
      );
      assert.equal(name, 'TypeError');
      assert.match(
        message,
        /^content is .*; it must be a tone: \{ waveform: "sine" \}, the path of a file, a URL, or bytes\.$/,
      );
      assert.lengthOf(commands, 0);
    }
  });
});

describe('A media file for show()', () => {
  it('is sent with its name, and the worker that decodes it, once', async () => {
    const answers: Record<string, unknown> = { lacks: true };
    const { commands, run } = openPage(answers);
    const camera = virtualDevices(run).camera('front');
    await camera.show({ file: path, loop: false });
    answers.lacks = false;
    await camera.show({ file: new URL('https://localhost/film.mp4') });
    assert.deepEqual(
      commands.map((command) => command.run),
      ['lacks', 'take', 'direct', 'lacks', 'direct'],
    );
    assert.isAbove(String(commands[1]?.text).length, 100_000);
    assert.deepEqual(
      [commands[2]?.value, commands[4]?.value],
      [{ file: { name: 'question.wav', data }, loop: false }, { file: { url: 'https://localhost/film.mp4' } }],
    );
  });

  it('that is none is refused', async () => {
    const { run } = openPage();
    const { message } = await rejectionOf(
      virtualDevices(run)
        .camera()
        .show({ file: 7 as never }),
    );
    assert.equal(message, 'file is 7; it must be the path of a file, a URL, or bytes.');
  });
});

describe('The permission of devices', () => {
  const list = [
    { kind: 'videoinput', deviceId: 'camera' },
    { kind: 'audioinput', deviceId: 'microphone' },
    { kind: 'screen', deviceId: 'screen' },
  ];

  for (const kind of ['camera', 'microphone', 'screen'] as const) {
    it(`is denied to the ${kind} alone`, async () => {
      const { commands, run } = openPage({ list });
      await virtualDevices(run).deny(kind);
      const [, ...failed] = commands;
      assert.deepEqual(failed, [{ run: 'direct', device: kind, name: kind, action: 'fail', value: 'denied' }]);
    });
  }

  it('of something else is refused', async () => {
    const { commands, run } = openPage({ list });
    const { message } = await rejectionOf(virtualDevices(run).deny('video' as 'camera'));
    assert.equal(message, 'kind is "video"; it must be "camera", "microphone" or "screen".');
    assert.lengthOf(commands, 0);
  });
});
