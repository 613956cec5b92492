/*
 * Virtual devices for tests that drive a browser from Node: Playwright, Puppeteer, WebdriverIO, Selenium, or anything else that
 * evaluates an expression in a page. It has no dependency.
 */
import type { PlayedTone, ShownPattern } from '../devices/device-content.js';
import type { DevicesDescription, DeviceType } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import type { ProbeReport } from '../measure/probe-report.js';
import type { DeviceCommand, ListedDevice, MediaExpectation, SentClip } from './device-command.js';

export type {
  CameraDescription,
  DevicesDescription,
  MicrophoneDescription,
  ScreenDescription,
} from '../devices/device-description.js';
export type { ListedDevice, MediaExpectation } from './device-command.js';

/** A page of a driver: what it has to evaluate an expression. */
export type DrivenPage =
  /** Playwright and Puppeteer. */
  | { evaluate(expression: string): Promise<unknown> }
  /** WebdriverIO. */
  | { execute(script: string): Promise<unknown> }
  /** Selenium. */
  | { executeScript(script: string): Promise<unknown> }
  /** Anything else. */
  | ((expression: string) => Promise<unknown>);

/** A page into which a driver puts scripts before the page's own. */
export type PreparedPage =
  /** Playwright: a page or a context. */
  | { addInitScript(script: string): Promise<unknown> }
  /** Puppeteer. */
  | { evaluateOnNewDocument(script: string): Promise<unknown> };

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

  /** Shows a pattern, or plays a tone, from now on, in all tracks that are open, too. */
  show(content: Content): Promise<void> {
    return this.direct('show', content);
  }

  /** Plays a tone from now on: the same as `show()`. */
  play(content: Content): Promise<void> {
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

  /** Makes requests take so many milliseconds. */
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

  protected async direct(action: (DeviceCommand & { run: 'direct' })['action'], value?: unknown): Promise<void> {
    await this.#run({ run: 'direct', device: this.#device, name: this.#name, action, value });
  }
}

/** A microphone of a page. */
export class DrivenMicrophone extends DrivenDevice<PlayedTone> {
  /**
   * Plays a tone from now on; or a file of audio once, from its beginning: resolves when it has been played. The microphone is then
   * silent.
   *
   * ```js
   * await devices.microphone().play('question.wav');
   * ```
   *
   * @param content A tone; or the path of a file, which is read in Node; or a URL, which the page loads.
   */
  override async play(content: PlayedTone | string | URL): Promise<void> {
    const isClip = typeof content === 'string' || content instanceof URL;
    await (isClip ? this.direct('play', await sentClip(content)) : this.show(content));
  }
}

async function sentClip(file: string | URL): Promise<SentClip> {
  const isUrl = file instanceof URL ? file.protocol !== 'file:' : /^[a-z][a-z\d+.-]+:/i.test(file);
  if (isUrl) return { url: `${file}` };
  const { readFile } = await importFiles();
  return { data: await readFile(file, 'base64') };
}

/** The name is in a variable, so that bundlers for pages leave it alone. */
function importFiles(): Promise<{ readFile(file: string | URL, encoding: 'base64' | 'utf8'): Promise<string> }> {
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
  screen(name?: string): DrivenDevice<ShownPattern> {
    return new DrivenDevice(this.#run, 'screen', name);
  }

  /** Denies the permission of all cameras or microphones. Tracks that are open end. */
  deny(kind: 'camera' | 'microphone'): Promise<void> {
    return this.#failAll(kind, 'denied');
  }

  /** Gives the permission back. */
  allow(kind: 'camera' | 'microphone'): Promise<void> {
    return this.#failAll(kind, '');
  }

  /** All devices, and how many tracks of each the page has open. */
  list(): Promise<ListedDevice[]> {
    return this.#run({ run: 'list' }) as Promise<ListedDevice[]>;
  }

  async #failAll(device: DeviceType, value: DeviceFault): Promise<void> {
    const kind = device === 'camera' ? 'videoinput' : 'audioinput';
    for (const { deviceId } of (await this.list()).filter((listed) => listed.kind === kind)) {
      await this.#run({ run: 'direct', device, name: deviceId, action: 'fail', value });
    }
  }
}

type Run = (command: DeviceCommand) => Promise<unknown>;

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
export const virtualDevices = (page: DrivenPage): DrivenDevices =>
  new DrivenDevices((command) => evaluate(page, expressionOf(command)));

/**
 * Puts the script into all pages and frames that are opened from now on, before their own scripts.
 *
 * @param page A page or a context of Playwright, or a page of Puppeteer. For another driver, `devicesScript()` has the text.
 */
export async function installDevices(page: PreparedPage, description: DevicesDescription = {}): Promise<void> {
  const script = await devicesScript(description);
  if ('addInitScript' in page) await page.addInitScript(script);
  else if ('evaluateOnNewDocument' in page) await page.evaluateOnNewDocument(script);
  else throw new TypeError('The page has neither addInitScript() nor evaluateOnNewDocument(); inject devicesScript().');
}

/** The text of the script with a description of the devices. */
export async function devicesScript(description: DevicesDescription = {}): Promise<string> {
  const { readFile } = await importFiles();
  const text = await readFile(new URL('../cdn/track-elements-devices.js', import.meta.url), 'utf8');
  return `globalThis.trackElementsDevicesDescription = ${JSON.stringify(description)};\n${text}`;
}

/**
 * Resolves when the media that an element of the page plays is as expected; rejects with a sentence for what is not.
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
  const missing = 'This page has no virtual devices: put the script track-elements/devices/script into it first.';
  return `(() => {
    const devices = globalThis.trackElementsDevices;
    if (!devices) throw new Error(${JSON.stringify(missing)});
    return devices.run(${JSON.stringify(command)});
  })()`;
}

function evaluate(page: DrivenPage, expression: string): Promise<unknown> {
  if (typeof page === 'function') return page(expression);
  if ('evaluate' in page) return page.evaluate(expression);
  // WebDriver runs the body of a function, and waits for the promise that it returns.
  const body = `return ${expression};`;
  if ('execute' in page) return page.execute(body);
  if ('executeScript' in page) return page.executeScript(body);
  throw new TypeError('The page has no evaluate(), execute() or executeScript(); pass a function that evaluates text.');
}
