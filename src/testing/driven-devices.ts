/*
 * Virtual devices for tests that drive a browser from Node: Playwright, Puppeteer, WebdriverIO, Selenium, or anything else that
 * evaluates an expression in a page. It has no dependency.
 */
import type { PlayedTone, ShownPattern } from '../devices/device-content.js';
import type { DevicesDescription, DeviceType } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import type { ProbeReport } from '../measure/probe-report.js';
import { valueError } from '../signals/checks.js';
import {
  type DeviceCommand,
  FILE_WORKER,
  type ListedDevice,
  type MediaExpectation,
  type SentFile,
  type SentShownFile,
} from './device-command.js';

export type {
  CameraDescription,
  DevicesDescription,
  MicrophoneDescription,
  ScreenDescription,
} from '../devices/device-description.js';
export type { ListedDevice, MediaExpectation } from './device-command.js';

/** A page of a driver, with its method for evaluating an expression. */
export type DrivenPage =
  /** Playwright and Puppeteer. */
  | { evaluate(expression: string): Promise<unknown> }
  /** WebdriverIO. */
  | { execute(script: string): Promise<unknown> }
  /** Selenium. */
  | { executeScript(script: string): Promise<unknown> }
  /** Cypress: the window of the application. */
  | { eval(expression: string): unknown }
  /** Anything else. */
  | ((expression: string) => Promise<unknown>);

/** A page into which a driver puts scripts before the page's own. */
export type PreparedPage =
  /** Playwright: a page or a context. */
  | { addInitScript(script: string): Promise<unknown> }
  /** Puppeteer. */
  | { evaluateOnNewDocument(script: string): Promise<unknown> }
  /** WebdriverIO with WebDriver BiDi. */
  | { scriptAddPreloadScript(script: { functionDeclaration: string }): Promise<unknown> };

/**
 * A file of a test: its path, which is read in Node and is relative to the folder in which the tests run; a URL, which is read
 * in Node if it is a `file:` URL, and otherwise loaded by the page; or its bytes, such as a `Buffer`.
 */
export type TestFile = string | URL | Uint8Array | ArrayBuffer | Blob;

/** A media file as content. */
export interface TestFileContent {
  readonly file: TestFile;
  /** Whether it is repeated after its end. If not, the last picture stays, or there is silence. Default: yes. */
  readonly loop?: boolean;
}

/** A camera, a microphone or a screen of a page. */
export class DrivenDevice<Content> {
  readonly #run: Run;
  readonly #device: DeviceType;
  readonly #name: string | undefined;

  constructor(run: Run, device: DeviceType, name: string | undefined) {
    this.#run = run;
    this.#device = device;
    this.#name = name;
  }

  /**
   * Shows a pattern, plays a tone, or repeats a media file: from now on, and also in tracks that are already open.
   *
   * ```js
   * await devices.camera('front').show({ file: 'film.mp4' });
   * ```
   */
  async show(content: Content | TestFileContent): Promise<void> {
    await this.direct('show', async (send: Send) => {
      if (!isFileContent(content)) return content;
      const sent: SentShownFile = { ...content, file: await sentFile('file', content.file) };
      await handOver(send, FILE_WORKER);
      return sent;
    });
  }

  /** Plays a tone or a media file from now on: the same as `show()`. */
  play(content: Content | TestFileContent): Promise<void> {
    return this.show(content);
  }

  /** Makes requests fail: `denied`, `dismissed`, `not-found`, `busy`, `aborted` or `overconstrained`. */
  fail(fault: Exclude<DeviceFault, ''>): Promise<void> {
    return this.direct('fail', fault);
  }

  /** Makes requests succeed again. */
  recover(): Promise<void> {
    return this.direct('fail', '');
  }

  /** Makes requests take this number of milliseconds. */
  delay(milliseconds: number): Promise<void> {
    return this.direct('delay', milliseconds);
  }

  /** Takes the device away: its tracks end. */
  unplug(): Promise<void> {
    return this.direct('unplug');
  }

  /** Brings the device back. */
  plug(): Promise<void> {
    return this.direct('plug');
  }

  /** Mutes the device as the system does: its tracks fire `mute`. */
  mute(): Promise<void> {
    return this.direct('mute');
  }

  /** Ends the muting. */
  unmute(): Promise<void> {
    return this.direct('unmute');
  }

  /** @param value The value of the action, or what prepares it. */
  protected async direct(
    action: (DeviceCommand & { run: 'direct' })['action'],
    value?: unknown | ((send: Send) => Promise<unknown>),
  ): Promise<void> {
    await this.#run(async (send) => ({
      run: 'direct',
      device: this.#device,
      name: this.#name,
      action,
      value: typeof value === 'function' ? await value(send) : value,
    }));
  }
}

/** A device of a page that plays audio. */
export class DrivenPlayer<Content> extends DrivenDevice<Content> {
  /**
   * Plays a tone from now on, or an audio file once, from its beginning. For a file, it resolves when the file has been played;
   * then the device is silent. To play files one after the other, await each call. A file that is played without waiting ends
   * the previous one, whose `play()` rejects.
   *
   * ```js
   * await devices.microphone().play('question.wav');
   * ```
   *
   * @throws {TypeError} for anything else.
   */
  override async play(content: Content | TestFileContent | TestFile): Promise<void> {
    if (isFile(content)) return this.direct('play', () => sentFile('clip', content));
    const accepted = 'a tone: { waveform: "sine" }, the path of a file, a URL, or bytes';
    if (Array.isArray(content) || Object(content) !== content)
      throw valueError('content', content, accepted, TypeError);
    await this.show(content);
  }
}

/** A microphone of a page. */
export class DrivenMicrophone extends DrivenPlayer<PlayedTone> {}

/** A screen, a window or a tab of a page: with a picture, and with audio from the first tone or file that it plays. */
export class DrivenScreen extends DrivenPlayer<ShownPattern | PlayedTone> {}

const isFileContent = (content: unknown): content is TestFileContent => 'file' in Object(content);

/** Not by instanceof: test runners have classes of their own. */
const isFile = (content: unknown): content is TestFile =>
  typeof content === 'string' || 'href' in Object(content) || bytesIn(content) !== null;

/** The bytes of a file, or a function that reads them; `null` for anything else. */
function bytesIn(file: unknown): Uint8Array | Blob | null {
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
  const tag = Object.prototype.toString.call(file);
  if (tag === '[object ArrayBuffer]') return new Uint8Array(file as ArrayBuffer);
  return tag === '[object Blob]' || tag === '[object File]' ? (file as Blob) : null;
}

/**
 * A file as it is sent to the page.
 *
 * @throws {Error} for a file that cannot be read, and for anything that is no file.
 */
async function sentFile(property: string, file: TestFile): Promise<SentFile> {
  if (!isFile(file)) throw valueError(property, file, 'the path of a file, a URL, or bytes', TypeError);
  const bytes = bytesIn(file);
  if (bytes) {
    const { name = '' } = file as Partial<File>;
    return { name, data: base64Of('size' in bytes ? new Uint8Array(await bytes.arrayBuffer()) : bytes) };
  }
  const path = String(file);
  // The drive of a Windows path is one letter.
  const isUrl = /^[a-z][a-z\d+.-]+:/i.test(path);
  if (isUrl && !/^file:/i.test(path)) return { url: path };
  const read = (await readInNode(property, isUrl ? new URL(path) : path)) as Uint8Array;
  return { name: path.replace(/^.*[\\/]/, ''), data: base64Of(read) };
}

/** In pieces, because a call has only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Gives the page a file of the library, once. */
async function handOver(send: Send, name: string): Promise<void> {
  if (!(await send({ run: 'lacks', file: name }))) return;
  const text = await readInNode('worker', new URL(`../workers/${name}.js`, import.meta.url), 'utf8');
  await send({ run: 'take', file: name, text: text as string });
}

/** @throws {Error} with the folder in which a path was looked for. */
async function readInNode(property: string, file: string | URL, encoding?: 'utf8'): Promise<Uint8Array | string> {
  try {
    const { readFile } = await importFiles();
    return await readFile(file, encoding);
  } catch (error) {
    const { process } = globalThis as { readonly process?: { cwd?(): string } };
    const folder = process?.cwd?.();
    const where = folder ? `from ${folder}` : 'outside of Node';
    const { message } = error as Error;
    throw new Error(
      `${property} is "${file}", which cannot be read ${where} (${message}); give a path, a URL that the page loads, or bytes.`,
      { cause: error },
    );
  }
}

/** The name is in a variable, so that bundlers for pages leave it alone. */
function importFiles(): Promise<{ readFile(file: string | URL, encoding?: 'utf8'): Promise<Uint8Array | string> }> {
  const module = 'node:fs/promises';
  return import(module);
}

/** The virtual devices of a page. */
export class DrivenDevices {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  /** A camera by its name, or by a part of its label; the first without a name. */
  camera(name?: string): DrivenDevice<ShownPattern> {
    return new DrivenDevice(this.#run, 'camera', name);
  }

  /** A microphone by its name, or by a part of its label; the first without a name. */
  microphone(name?: string): DrivenMicrophone {
    return new DrivenMicrophone(this.#run, 'microphone', name);
  }

  /** A screen by its name, or by a part of its label; the first without a name. */
  screen(name?: string): DrivenScreen {
    return new DrivenScreen(this.#run, 'screen', name);
  }

  /** Denies the permission of all cameras, microphones or screens. Open tracks end. */
  deny(kind: DeviceType): Promise<void> {
    return this.#failAll(kind, 'denied');
  }

  /** Gives the permission back. */
  allow(kind: DeviceType): Promise<void> {
    return this.#failAll(kind, '');
  }

  /** All devices, and how many tracks of each the page has open. */
  list(): Promise<ListedDevice[]> {
    return this.#run(async () => ({ run: 'list' })) as Promise<ListedDevice[]>;
  }

  async #failAll(device: DeviceType, value: DeviceFault): Promise<void> {
    if (!Object.hasOwn(kinds, device)) {
      throw valueError('kind', device, '"camera", "microphone" or "screen"', TypeError);
    }
    const kind = kinds[device];
    for (const { deviceId } of (await this.list()).filter((listed) => listed.kind === kind)) {
      await this.#run(async () => ({ run: 'direct', device, name: deviceId, action: 'fail', value }));
    }
  }
}

const kinds = { camera: 'videoinput', microphone: 'audioinput', screen: 'screen' } as const;

/** Sends a request to the page, and resolves to the answer. */
type Send = (command: DeviceCommand) => Promise<unknown>;

/** Prepares a request, and sends it. */
type Run = (prepare: (send: Send) => Promise<DeviceCommand>) => Promise<unknown>;

/** The last request of each page, when it has been prepared. */
const prepared = new WeakMap<DrivenPage, Promise<unknown>>();

/** Requests are sent in the order of the calls, also if the file of one has to be read first. */
function runOn(page: DrivenPage): Run {
  const send: Send = (command) => evaluate(page, expressionOf(command));
  return (prepare) => {
    const command = (prepared.get(page) ?? Promise.resolve()).then(() => prepare(send));
    prepared.set(
      page,
      command.catch(() => {}),
    );
    return command.then(send);
  };
}

/**
 * The virtual devices of a page into which the script was put.
 *
 * ```js
 * await installDevices(context);
 * await page.goto('http://localhost:3000/');
 * const devices = virtualDevices(page);
 * await devices.camera('front').show({ pattern: 'qr', params: { text: 'hello' } });
 * ```
 */
export const virtualDevices = (page: DrivenPage): DrivenDevices => new DrivenDevices(runOn(page));

/**
 * Puts the script into all pages and frames that are opened from now on, before their own scripts.
 *
 * @param page A page or a context of Playwright, a page of Puppeteer, or a browser of WebdriverIO. For another driver,
 * `devicesScript()` has the text.
 */
export async function installDevices(page: PreparedPage, description: DevicesDescription = {}): Promise<void> {
  const script = await devicesScript(description);
  // WebdriverIO also has an addInitScript(), which takes functions only.
  if ('scriptAddPreloadScript' in page) {
    await page.scriptAddPreloadScript({ functionDeclaration: `() => {\n${script}\n}` });
  } else if ('addInitScript' in page) await page.addInitScript(script);
  else if ('evaluateOnNewDocument' in page) await page.evaluateOnNewDocument(script);
  else throw new TypeError('The page has neither addInitScript() nor evaluateOnNewDocument(); inject devicesScript().');
}

/** The text of the script with a description of the devices. */
export async function devicesScript(description: DevicesDescription = {}): Promise<string> {
  const text = await readInNode('script', new URL('../cdn/track-elements-devices.js', import.meta.url), 'utf8');
  return `globalThis.trackElementsDevicesDescription = ${JSON.stringify(description)};\n${text}`;
}

/**
 * Resolves when the media that an element of the page plays is as expected. Rejects with a sentence for each thing that is not.
 *
 * ```js
 * await expectMedia(page, 'video#remote', { mark: 'front', within: 300, lost: 0 });
 * ```
 */
export const expectMedia = (
  page: DrivenPage,
  selector: string,
  expected: MediaExpectation = {},
): Promise<ProbeReport> =>
  evaluate(page, expressionOf({ run: 'expectMedia', selector, expected })) as Promise<ProbeReport>;

/** The expression that runs a command. Text, because some test runners change the functions that they send. */
function expressionOf(command: DeviceCommand): string {
  const missing =
    'This page has no virtual devices: put the script track-elements/devices/script into it before it is opened, by installDevices().';
  return `(() => {
    const devices = globalThis.trackElementsDevices;
    if (!devices) throw new Error(${JSON.stringify(missing)});
    return devices.run(${JSON.stringify(command)});
  })()`;
}

async function evaluate(page: DrivenPage, expression: string): Promise<unknown> {
  if (typeof page === 'function') return page(expression);
  if ('evaluate' in page) return page.evaluate(expression);
  // WebDriver runs the body of a function, and waits for the promise that it returns.
  const body = `return ${expression};`;
  if ('execute' in page) return page.execute(body);
  if ('executeScript' in page) return page.executeScript(body);
  if ('eval' in page) return page.eval(expression) as Promise<unknown>;
  throw new TypeError('The page has no evaluate(), execute() or executeScript(); pass a function that evaluates text.');
}
