/*
 * Virtual devices for a test: one classic script that is put into each frame of a page before the page's own scripts. It
 * installs the devices of a description and makes the global `trackElementsDevices`, by which a test directs them.
 *
 * The description is the global `trackElementsDevicesDescription`, or JSON in the attribute `data-devices` of the script's
 * element; without one there are two cameras, a microphone, and a screen, a window and a tab.
 */

import { type PlayedTone, type ShownPattern, signalContent } from '../devices/device-content.js';
import { audioOf, DescribedDevices, type DevicesDescription } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import { formatOf } from '../devices/device-format.js';
import type { ShownFile } from '../devices/file-content.js';
import type { VirtualDevice } from '../devices/virtual-device.js';
import type { VirtualMicrophone } from '../devices/virtual-microphone.js';
import { TrackProbe } from '../measure/page/track-probe.js';
import { VerificationError } from '../measure/page/verification-error.js';
import type { ProbeReport } from '../measure/probe-report.js';
import { checkBounds, failuresOf, type ProbeBounds } from '../measure/verification.js';
import { createToneRenderer } from '../signals/audio/tone-renderer.js';
import { waveformAliases } from '../signals/audio/waveform-aliases.js';
import { waveforms } from '../signals/audio/waveforms.js';
import { findByName } from '../signals/check-names.js';
import { checkNumber, valueError } from '../signals/checks.js';
import { readParams } from '../signals/params.js';
import { corePatterns } from '../signals/video/core-patterns.js';
import { extraPatterns } from '../signals/video/extra-patterns.js';
import type { Pattern } from '../signals/video/pattern.js';
import { patternAliases } from '../signals/video/pattern-aliases.js';
import type {
  DeviceAction,
  DeviceCommand,
  ListedDevice,
  MediaExpectation,
  SentFile,
  SentShownFile,
} from './device-command.js';
import { startWorker } from './script-workers.js';

/** Directs the devices of a page. */
export class DeviceDirector extends DescribedDevices {
  /** The files that a driver has handed over: their texts, by name. */
  readonly #texts = new Map<string, string>();

  /**
   * @param json The description as it was given, as JSON.
   * @throws {RangeError | TypeError} for a description that is not accepted.
   */
  constructor(
    description: DevicesDescription = {},
    readonly json?: string,
  ) {
    super(description);
    const { cameras = [], microphones = [], screens = [] } = description;
    // Colors and sizes are checked when a page opens a track: there is no document yet.
    for (const { show } of [...cameras, ...screens]) if (show) findPattern(show.pattern);
    for (const { play } of [...microphones, ...screens]) if (play) findByName('waveform', allWaveforms, play.waveform);
  }

  /** Runs a request of a driver. */
  async run(command: DeviceCommand): Promise<unknown> {
    switch (command.run) {
      case 'list':
        return this.list();
      case 'expectMedia':
        return this.expectMedia(command.selector, command.expected);
      case 'direct':
        return this.#direct(this.find(command.device, command.name), command.action, command.value);
      case 'lacks':
        return !this.#texts.has(command.file);
      case 'take':
        this.#texts.set(command.file, command.text);
        return;
    }
  }

  /**
   * The text of a file that the script does not have.
   *
   * @throws {Error} unless a driver has handed it over.
   */
  async textOf(file: string): Promise<{ readonly text: string }> {
    const text = this.#texts.get(file);
    if (text !== undefined) return { text };
    throw new Error(
      'the script of virtual devices does not have this file; a driver with track-elements/testing sends it',
    );
  }

  list(): ListedDevice[] {
    return this.devices.devices.map((device) => {
      const { kind, label, deviceId, plugged, muted, fault, openTracks } = device;
      const settings = openTracks.map((track) => ({ ...track.getSettings() }));
      return { kind, label, deviceId, plugged, muted, fault, openTracks: openTracks.length, settings };
    });
  }

  /**
   * Resolves when the media that an element plays is as expected, and rejects with a sentence for what is not.
   *
   * @param selector A CSS selector of a `<video>`, an `<audio>` or an element with `srcObject`.
   */
  async expectMedia(selector: string, expected: MediaExpectation = {}): Promise<ProbeReport> {
    const { mark, within, timeout = DEFAULT_TIMEOUT_MS, ...others } = expected;
    checkNumber('timeout', timeout, { min: 0, unit: 'ms' });
    const wanted = mark === undefined ? undefined : this.#anyOf(mark);
    const bounds = { ...others, ...(within !== undefined && { latency: within }) };
    checkBounds(bounds);
    const signal = AbortSignal.timeout(timeout);
    await awaitStream(selector, signal);
    // The devices use the clock of the machine.
    const probe = new TrackProbe({ clock: 0 });
    const stopMeasuring = measureElement(selector, probe);
    const checkMark = (report: ProbeReport) => wanted && this.#checkMark(selector, report, wanted, mark);
    try {
      await until(signal, async () => checkMark(await probe.getReport()));
      // The pictures of another device, which were there before, do not count.
      if (wanted && probe.toJSON().video?.sources[1] !== undefined) probe.reset();
      const report = await verify(probe, bounds, timeout, signal);
      checkMark(report);
      return report;
    } finally {
      stopMeasuring();
      probe.close();
    }
  }

  #checkMark(selector: string, { video }: ProbeReport, wanted: VirtualDevice, name: string | undefined): void {
    const source = video?.sources.at(-1);
    const pictures = this.devices.devices.filter(({ trackKind }) => trackKind === 'video');
    const shown = pictures.filter(({ markSource }) => markSource === source);
    if (shown.includes(wanted)) return;
    const none = video ? 'a picture without the mark of a device' : 'no picture';
    const seen = shown.map(({ label }) => `"${label}"`).join(', ') || none;
    throw new Error(`${selector} shows ${seen}; it must show "${name}".`);
  }

  /** @throws {RangeError} that names the cameras and the screens. */
  #anyOf(name: string): VirtualDevice {
    const messages: string[] = [];
    for (const type of ['camera', 'screen'] as const) {
      try {
        return this.find(type, name);
      } catch (error) {
        messages.push((error as Error).message);
      }
    }
    throw new RangeError(messages.join(' '));
  }

  async #direct(device: VirtualDevice, action: DeviceAction, value: unknown): Promise<void> {
    switch (action) {
      case 'show':
        return show('waveform' in Object(value) ? audioOf(device) : device, value);
      case 'play':
        return (audioOf(device) as VirtualMicrophone).play(fileOf(value as SentFile));
      case 'fail':
        device.fault = value as DeviceFault;
        return;
      case 'delay':
        device.delay = value as number;
        return;
      case 'plug':
        return device.plug();
      case 'unplug':
        return device.unplug();
      case 'mute':
      case 'unmute':
        device.muted = action === 'mute';
        return;
      default:
        throw valueError('action', action, 'show, play, fail, delay, plug, unplug, mute or unmute');
    }
  }
}

/** Not by a data: URL, which the policy of a page may forbid. */
const fileOf = (sent: SentFile): string | File =>
  'url' in sent
    ? sent.url
    : new File([Uint8Array.from(atob(sent.data), (character) => character.charCodeAt(0))], sent.name);

/**
 * The content that a driver describes. A wrong name, parameter, color or kind is reported at once, also while no track of the
 * device is open.
 *
 * @throws {TypeError | RangeError} for content that is not accepted.
 */
function contentOf(device: VirtualDevice, value: unknown): ShownPattern | PlayedTone | ShownFile {
  if ('file' in Object(value)) {
    const { file: sent, ...others } = value as SentShownFile;
    return { ...others, file: fileOf(sent) };
  }
  const content = value as ShownPattern | PlayedTone;
  const format = formatOf(device.trackKind, device.defaults);
  for (const { signal } of signalContent(content, device.markSource).compose(format).layers) {
    if ('waveform' in signal && signal.waveform !== undefined) createToneRenderer(signal, allWaveforms);
    else if ('pattern' in signal && signal.pattern !== undefined) {
      readParams(findPattern(signal.pattern).params ?? {}, signal.params);
    }
  }
  return content;
}

const allPatterns = [...corePatterns, ...extraPatterns, ...patternAliases];
const allWaveforms = [...waveforms, ...waveformAliases];

/** The pattern of a name, or of an alias. @throws {TypeError} for another name. */
function findPattern(name: string): Pattern {
  const found = findByName('pattern', allPatterns, name);
  return 'prepare' in found ? found : findPattern(found.alias);
}

/** Like `verify()`, but when the time is over, the last report is checked. */
async function verify(
  probe: TrackProbe,
  bounds: ProbeBounds,
  timeout: number,
  signal: AbortSignal,
): Promise<ProbeReport> {
  try {
    return await probe.verify(bounds, signal);
  } catch (error) {
    if (!signal.aborted || error instanceof VerificationError) throw error;
    const report = await probe.getReport();
    const failures = failuresOf(report, bounds);
    if (failures.length === 0) return report;
    throw new VerificationError([`The timeout of ${timeout} ms is over.`, ...failures]);
  }
}

/** Tries something again and again until it succeeds. When the time is over, its error is thrown. */
async function until<T>(signal: AbortSignal, attempt: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}

/** @throws {Error} if no element that the selector matches plays a stream until the time is over. */
const awaitStream = (selector: string, signal: AbortSignal): Promise<void> =>
  until(signal, () => {
    const element = findElement(selector, document);
    if (playedStreamOf(element)) return;
    const found = element ? 'plays nothing' : 'is not on the page';
    throw new Error(`${selector} ${found}; it must be an element with a MediaStream, such as a <video>.`);
  });

/** Measures the tracks that an element plays, also those that an application gives it later, until the returned function is called. */
function measureElement(selector: string, probe: TrackProbe): () => void {
  const measured: Partial<Record<string, MediaStreamTrack>> = {};
  const update = () => {
    const tracks = playedStreamOf(findElement(selector, document))?.getTracks() ?? [];
    for (const kind of ['video', 'audio'] as const) {
      const track = tracks.find((each) => each.kind === kind);
      if (!track || track === measured[kind]) continue;
      measured[kind] = track;
      probe.setTrack(kind, track);
    }
  };
  update();
  const timer = setInterval(update, POLL_INTERVAL_MS);
  return () => clearInterval(timer);
}

/** The first element that a selector matches, also in open shadow roots, as the selectors of drivers do. */
function findElement(selector: string, root: ParentNode): Element | null {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && findElement(selector, shadowRoot);
    if (inside) return inside;
  }
  return null;
}

/** Shows content. Rejects with the error of content that an open track cannot show. */
async function show(device: VirtualDevice, value: unknown): Promise<void> {
  const content = contentOf(device, value);
  let failure: Error | null = null;
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    failure = event.error;
  };
  device.addEventListener('error', listen);
  try {
    await device.show(content);
  } finally {
    device.removeEventListener('error', listen);
  }
  if (failure) throw failure;
}

/** The stream that an element plays. */
function playedStreamOf(element: (Element & Partial<HTMLMediaElement>) | null): MediaStream | null {
  const { srcObject = null } = element ?? {};
  const isStream = typeof (srcObject as Partial<MediaStream> | null)?.getTracks === 'function';
  return isStream && (srcObject as MediaStream).getTracks().length > 0 ? (srcObject as MediaStream) : null;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const POLL_INTERVAL_MS = 50;

/** The devices of a page, or their replacement after an error. */
type InstalledDevices = Pick<DeviceDirector, 'run' | 'json'> & Partial<Pick<DeviceDirector, 'devices'>>;

interface ScriptGlobals {
  trackElementsDevices?: InstalledDevices;
  trackElementsDevicesDescription?: DevicesDescription;
}

/**
 * Installs the devices. They replace those that another description has made in this page; the same description changes
 * nothing. After an error every request of a driver rejects with it.
 */
function installOnce(globals: ScriptGlobals): void {
  const { devices: json } = (document.currentScript as HTMLElement | null)?.dataset ?? {};
  const given = globals.trackElementsDevicesDescription;
  const description = given ? JSON.stringify(given) : json;
  const before = globals.trackElementsDevices;
  if (before && before.json === description) return;
  before?.devices?.close();
  // Not among the names that a page enumerates.
  const define = (value: InstalledDevices) =>
    Object.defineProperty(globals, 'trackElementsDevices', { value, configurable: true });
  try {
    const director = new DeviceDirector(given ?? (json ? JSON.parse(json) : {}), description);
    define(director);
    director.devices.install();
  } catch (error) {
    define({
      json: description,
      async run() {
        throw error;
      },
    });
    throw error;
  }
}

/** The name of the worker that this text has to become, by the build; not defined in a page. */
declare const trackElementsWorker: string | undefined;

if (typeof trackElementsWorker === 'string') startWorker(trackElementsWorker);
// On a server there is no page to install them in.
else if (typeof document === 'object') installOnce(globalThis as ScriptGlobals);
