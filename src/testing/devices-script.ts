/*
 * Virtual devices for a test: one classic script that is put into each frame of a page before the page's own scripts. It
 * installs the devices of a description and makes the global `trackElementsDevices`, by which a test directs them.
 *
 * The description is the global `trackElementsDevicesDescription`, or JSON in the attribute `data-devices` of the script's
 * element; without one there are two cameras, a microphone, and a screen, a window and a tab.
 */

import type { AudioClip } from '../devices/clip-content.js';
import type { PlayedTone, ShownPattern } from '../devices/device-content.js';
import { DescribedDevices, type DevicesDescription } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import type { VirtualDevice } from '../devices/virtual-device.js';
import type { VirtualMicrophone } from '../devices/virtual-microphone.js';
import { TrackProbe } from '../measure/page/track-probe.js';
import type { ProbeReport } from '../measure/probe-report.js';
import { checkNumber, valueError } from '../signals/checks.js';
import type { DeviceAction, DeviceCommand, ListedDevice, MediaExpectation, SentClip } from './device-command.js';
import { startWorker } from './script-workers.js';

/** Directs the devices of a page. */
export class DeviceDirector extends DescribedDevices {
  /** Runs a request of a driver. */
  async run(command: DeviceCommand): Promise<unknown> {
    switch (command.run) {
      case 'list':
        return this.list();
      case 'expectMedia':
        return this.expectMedia(command.selector, command.expected);
      case 'direct':
        return this.#direct(this.find(command.device, command.name), command.action, command.value);
    }
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
    const { mark, within, timeout = DEFAULT_TIMEOUT_MS, ...bounds } = expected;
    checkNumber('timeout', timeout, { min: 0, unit: 'ms' });
    const signal = AbortSignal.timeout(timeout);
    const stream = await this.#awaitStream(selector, signal);
    // The clock of the machine is that of the devices.
    const probe = new TrackProbe({ clock: 0 });
    try {
      for (const kind of ['video', 'audio'] as const) {
        const [track] = kind === 'video' ? stream.getVideoTracks() : stream.getAudioTracks();
        if (track) probe.setTrack(kind, track);
      }
      const report = await probe.verify({ ...bounds, ...(within !== undefined && { latency: within }) }, signal);
      if (mark !== undefined) this.#checkMark(selector, report, mark);
      return report;
    } finally {
      probe.close();
    }
  }

  async #awaitStream(selector: string, signal: AbortSignal): Promise<MediaStream> {
    for (;;) {
      const element = document.querySelector<HTMLMediaElement>(selector);
      const stream = element && playedStreamOf(element);
      if (stream) return stream;
      if (signal.aborted) {
        const found = element ? 'plays nothing' : 'is not on the page';
        throw new Error(`${selector} ${found}; it must be an element with a MediaStream, such as a <video>.`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  #checkMark(selector: string, { video }: ProbeReport, name: string): void {
    const sources = video?.sources ?? [];
    const wanted = this.#markSources('camera').concat(this.#markSources('screen'));
    const shown = wanted.filter(({ source }) => sources.at(-1) === source).map(({ device }) => device);
    if (shown.some((device) => device === this.#anyOf(name))) return;
    const seen = shown.map(({ label }) => `"${label}"`).join(', ') || 'a picture without the mark of a device';
    throw new Error(`${selector} shows ${seen}; it must show "${name}".`);
  }

  #anyOf(name: string): VirtualDevice {
    try {
      return this.find('camera', name);
    } catch {
      return this.find('screen', name);
    }
  }

  #markSources(type: 'camera' | 'screen'): { readonly device: VirtualDevice; readonly source: number | undefined }[] {
    const kind = type === 'camera' ? 'videoinput' : 'screen';
    const devices = this.devices.devices.filter((device) => device.kind === kind);
    return devices.map((device) => ({ device, source: device.markSource }));
  }

  async #direct(device: VirtualDevice, action: DeviceAction, value: unknown): Promise<void> {
    switch (action) {
      case 'show':
        return showOrThrow(device, value as ShownPattern | PlayedTone);
      case 'play':
        return (device as VirtualMicrophone).play(clipOf(value as SentClip));
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
const clipOf = (sent: SentClip): AudioClip =>
  'url' in sent ? sent.url : Uint8Array.from(atob(sent.data), (character) => character.charCodeAt(0)).buffer;

/** Shows content. Rejects with the error of content that an open track cannot show. */
async function showOrThrow(device: VirtualDevice, content: ShownPattern | PlayedTone): Promise<void> {
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
function playedStreamOf(element: Partial<HTMLMediaElement>): MediaStream | null {
  const { srcObject } = element;
  const isStream = typeof (srcObject as Partial<MediaStream> | null)?.getTracks === 'function';
  return isStream && (srcObject as MediaStream).getTracks().length > 0 ? (srcObject as MediaStream) : null;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 50;

interface ScriptGlobals {
  trackElementsDevices?: DeviceDirector;
  trackElementsDevicesDescription?: DevicesDescription;
}

/** Installs the devices, once in each page. */
function installOnce(globals: ScriptGlobals): void {
  if (globals.trackElementsDevices) return;
  const { devices: json } = (document.currentScript as HTMLElement | null)?.dataset ?? {};
  const description = globals.trackElementsDevicesDescription ?? (json ? JSON.parse(json) : {});
  const director = new DeviceDirector(description);
  // Not among the names that a page enumerates.
  Object.defineProperty(globals, 'trackElementsDevices', { value: director, configurable: true });
  director.devices.install();
}

/** The name of the worker that this text has to become, by the build; not defined in a page. */
declare const trackElementsWorker: string | undefined;

if (typeof trackElementsWorker === 'string') startWorker(trackElementsWorker);
// On a server there is no page to install them in.
else if (typeof document === 'object') installOnce(globalThis as ScriptGlobals);
