import { type PropertyValues, ReactiveElement, unsafeCSS } from '@lit/reactive-element';
import { warnOfUnknownAttributes } from '../controllers/attribute-check.js';
import { CommandController } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { ElementStateController } from '../controllers/element-state-controller.js';
import { LayerHostController } from '../controllers/layer-host-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import type { DeviceContent } from '../devices/device-content.js';
import type { DeviceFault } from '../devices/device-fault.js';
import { DeviceFaults, isDeviceFault } from '../devices/device-faults.js';
import type { TrackFormat } from '../devices/device-format.js';
import { tracksOf } from '../devices/device-tracks.js';
import { connectDevice, disconnectDevice } from '../devices/page-devices.js';
import { TrackContent } from '../devices/track-content.js';
import type { VirtualDevice } from '../devices/virtual-device.js';
import type { DevicesMode } from '../devices/virtual-devices.js';
import type { AudioComposition, Composition, TrackFault, VideoComposition } from '../engine/composition.js';
import type { LayerError } from '../engine/page/playback.js';
import { defer } from '../generator/deferred.js';
import { LatestRun } from '../generator/latest-run.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { boolean, number, object, oneOf, text } from './converters.js';
import { type Composed, LayerComposer } from './layer-composer.js';
import { property } from './property.js';
import { styledRoot } from './styled-root.js';

/** The states of a virtual device: `live` while a page has an open track of it. */
export type VirtualDeviceState = 'idle' | 'live' | 'failed';

/** The events of virtual devices, for `addEventListener`. */
export interface VirtualDeviceElementEventMap {
  statechange: Event;
  trackschange: Event;
  error: ErrorEvent;
  warning: ErrorEvent;
}

/**
 * A device that the page's own `getUserMedia()` and `enumerateDevices()` know while the element is connected. The sources
 * inside it are what it shows or plays. They may change at any time, and each open track continues with the new ones.
 *
 * Buttons command it: `<button commandfor="id" command="--unplug">`. Commands: `--plug`, `--unplug`, `--mute`, `--unmute`.
 *
 * @slot - Sources: patterns are painted in document order, tones are summed.
 * @event {Event} statechange - `state` has changed.
 * @event {Event} trackschange - A page has opened or stopped a track of the device.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do. The message also goes
 * to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - Something is wrong, but the element continues to work. `error` says what is wrong, and what to
 * do. The message also goes to the console, unless a listener calls `preventDefault()`.
 * @cssstate idle - No track of it is open.
 * @cssstate live - A page has an open track of it.
 * @cssstate failed - An attribute has a value that is not accepted. The device keeps its previous settings.
 */
export abstract class VirtualDeviceElement<Device extends VirtualDevice = VirtualDevice>
  extends ReactiveElement
  implements TrackSink
{
  static override styles = unsafeCSS(':host { display: none; }');

  /** The device's name in `enumerateDevices()` and in its tracks. */
  @property({ type: text, reflect: true })
  label = '';

  /** The id by which pages request the device. Unset, it is derived from the label and the seed. */
  @property({ type: text, attribute: 'device-id', reflect: true })
  deviceId = '';

  /** The id that all devices of one piece of hardware share. Unset, it is derived from the label and the seed. */
  @property({ type: text, attribute: 'group-id', reflect: true })
  groupId = '';

  /** An integer that changes the ids that are derived from the label. */
  @property({ type: number, reflect: true })
  seed = 0;

  /** `add`: pages see the device beside the real ones. `replace`: pages see it instead of the real devices of the same kind. */
  @property({ type: oneOf<DevicesMode>(), reflect: true })
  mode: DevicesMode = 'add';

  /**
   * The way in which requests for the device fail: `denied` and `dismissed` (`NotAllowedError`), `not-found`, `busy`
   * (`NotReadableError`), `aborted`, `overconstrained`. If `denied` is set while the device is in use, its tracks end, as if
   * the user had withdrawn the permission.
   */
  @property({ type: oneOf<DeviceFault>(), reflect: true })
  fault: DeviceFault = '';

  /** Milliseconds until a request is answered. */
  @property({ type: number, reflect: true })
  delay = 0;

  /** Takes the device out of the machine: its tracks end, and the page's `devicechange` event fires. */
  @property({ type: boolean, reflect: true })
  unplugged = false;

  /** Mutes it as the system does: its tracks are black, or silent, and their `mute` event fires. */
  @property({ type: boolean, reflect: true })
  muted = false;

  /** A stream whose track is shown behind the sources inside, or played beside them. */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  declare addEventListener: TypedListenerMethod<VirtualDeviceElementEventMap>;
  declare removeEventListener: TypedListenerMethod<VirtualDeviceElementEventMap, EventListenerOptions>;

  /** The device itself, which scripts can use without the element. */
  abstract readonly device: Device;

  /** The faults of the tracks, which the `<signal-fault>` elements inside describe. @internal */
  declare faults?: readonly TrackFault[];

  /** @internal */
  readonly lifecycle = {
    applyChange: (): void => {
      this.#faults.set(this.faults ?? []);
      void this.refresh();
    },
  };

  /** The kinds of tracks that it shows or plays. */
  protected abstract readonly trackKinds: readonly TrackKind[];
  protected readonly states = new ElementStateController<VirtualDeviceState>(this, 'idle');
  protected readonly layers = new LayerHostController(this, () => void this.refresh());
  protected readonly composer = new LayerComposer(this.localName);
  readonly #sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => void this.#showTrack(kind, track),
    failed: (error) => this.states.reportError(error),
  });
  readonly #showing = { video: new LatestRun(), audio: new LatestRun() };
  /** The tracks that are no layers. */
  readonly #shown: Record<TrackKind, TrackContent | null> = { video: null, audio: null };
  /** The faults of the device as a whole. */
  readonly #faults = new DeviceFaults(() => tracksOf(this.device).onFaultChange());
  /** The errors of the layers: a screen has some of its picture and some of its audio. */
  readonly #errors = new Map<VirtualDevice, readonly LayerError[]>();
  #firstTrack = defer<MediaStreamTrack>();
  #isPresent = false;

  constructor() {
    super();
    const set = (name: 'unplugged' | 'muted', value: boolean) => () => {
      this[name] = value;
    };
    new CommandController(this, {
      '--plug': set('unplugged', false),
      '--unplug': set('unplugged', true),
      '--mute': set('muted', true),
      '--unmute': set('muted', false),
    });
    new ConnectionController(this, {
      onConnected: () => {
        this.#isPresent = true;
        // With its attributes, which are read in the first update.
        void this.updateComplete.then(() => this.#connect());
        warnOfUnknownAttributes(this);
      },
      onRemoved: () => {
        this.#isPresent = false;
        this.#faults.stop();
        disconnectDevice(this.device);
      },
    });
  }

  /** The element's state, also a custom state: `:state(live)`. */
  get state(): VirtualDeviceState {
    return this.states.state;
  }

  /** The tracks of the device that are open. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.device.openTracks;
  }

  /** Resolves to the first track that the page opens. */
  get ready(): Promise<MediaStreamTrack> {
    return this.#firstTrack.promise;
  }

  /** Shows a track behind the sources inside, or plays it beside them. Sources call it; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    const takes = ({ kind }: MediaStreamTrack) => this.trackKinds.includes(kind as TrackKind);
    // A source of both kinds gives both, also to a device of one kind.
    const { tracks = [] } = source as { readonly tracks?: readonly MediaStreamTrack[] };
    if (!takes(track) && tracks.some(takes)) return;
    this.#sink.addTrack(track, source);
  }

  /** Gives up a track. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /** @internal Called when the element is moved to another document. */
  adoptedCallback(): void {
    styledRoot(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = styledRoot(this);
    root.append(document.createElement('slot'));
    return root;
  }

  protected override updated(changed: PropertyValues<this>): void {
    try {
      this.configure(changed);
      // Tracks that are open have the sources at their places in the new size.
      if (sizeNames.some((name) => (changed as PropertyValues).has(name))) void this.refresh();
      if (this.state === 'failed') this.#showState();
    } catch (error) {
      this.states.fail(error as Error);
    }
  }

  /**
   * Gives the device what the attributes say.
   *
   * @throws {RangeError | TypeError} for a value that is not accepted.
   */
  protected configure(_changed: PropertyValues<this>): void {
    const { device } = this;
    device.setNames(this);
    device.mode = this.mode;
    device.fault = this.fault;
    device.delay = this.delay;
    device.muted = this.muted;
    if (this.unplugged) device.unplug();
    else device.plug();
  }

  /** Listens to a new device, and gives it the sources inside as its content. */
  protected follow<Followed extends VirtualDevice>(
    device: Followed,
    compose: (format: TrackFormat) => Composed<Composition>,
  ): Followed {
    let undescribed: readonly LayerError[] = [];
    const tell = (errors: readonly LayerError[]) => {
      this.#errors.set(device, errors);
      this.layers.setErrors([...this.#errors.values()].flat());
    };
    const content: DeviceContent = {
      compose: (format) => {
        const { composition, errors } = compose(format);
        undescribed = errors;
        tell(errors);
        // The audio of a screen has no faults of its own: the faults of the picture apply.
        if (device !== (this.device as VirtualDevice)) return composition;
        return { ...composition, faults: this.faults?.filter((fault) => !isDeviceFault(fault)) };
      },
      failed: (failures) => tell([...undescribed, ...failures]),
    };
    void device.show(content);
    device.addEventListener('error', (event) => {
      event.preventDefault();
      this.states.reportError((event as ErrorEvent).error);
    });
    device.addEventListener('warning', (event) => {
      event.preventDefault();
      this.states.warn((event as ErrorEvent).error);
    });
    device.addEventListener('trackschange', () => {
      const [track] = device.openTracks;
      if (track) this.#firstTrack.resolve(track);
      this.#showState();
      this.dispatchEvent(new Event('trackschange'));
    });
    return device;
  }

  /** Plays the sources inside in all tracks: they have changed. */
  protected async refresh(): Promise<void> {
    await this.device.refresh();
  }

  /** A composition with the picture of the track behind the other layers. */
  protected withTrackBehind(composed: Composed<VideoComposition>): Composed<VideoComposition> {
    const { composition, errors } = composed;
    const { video } = this.#shown;
    if (!video) return composed;
    const { width, height, frameRate, layers } = composition;
    return { composition: { ...composition, layers: [video.layer(width, height, frameRate), ...layers] }, errors };
  }

  /** A composition with the audio of the track beside the other layers. */
  protected withTrackBeside(composed: Composed<AudioComposition>): Composed<AudioComposition> {
    const { composition, errors } = composed;
    const { audio } = this.#shown;
    if (!audio) return composed;
    return { composition: { ...composition, layers: [audio.audioLayer(), ...composition.layers] }, errors };
  }

  /** Whether a track that is no layer is played. */
  protected get hasAudioTrack(): boolean {
    return this.#shown.audio !== null;
  }

  async #showTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    if (!this.trackKinds.includes(kind)) {
      if (track) this.states.warn(new DOMException(wrongKind(kind, this.localName), 'NotSupportedError'));
      return;
    }
    const signal = this.#showing[kind].begin();
    try {
      const failed = (error: Error) => this.states.reportError(error);
      const next = track && (await TrackContent.open(track, { failed }, signal));
      if (signal.aborted) return next?.close();
      const before = this.#shown[kind];
      this.#shown[kind] = next;
      await this.refresh();
      before?.close();
    } catch (error) {
      if (!signal.aborted) this.states.reportError(error as Error);
    }
  }

  #connect(): void {
    if (!this.#isPresent) return;
    tracksOf(this.device).faults = this.#faults;
    this.#faults.set(this.faults ?? []);
    connectDevice(this.device);
  }

  #showState(): void {
    this.states.set(this.device.openTracks.length > 0 ? 'live' : 'idle');
  }
}

/** The attributes of devices with pictures in which sources are placed. */
const sizeNames: readonly PropertyKey[] = ['width', 'height'];

const wrongKind = (kind: TrackKind, localName: string): string => {
  const [taker, act] = kind === 'audio' ? ['virtual-microphone', 'play'] : ['virtual-camera', 'show'];
  return `A <${localName}> was given a track of ${kind}, which it does not ${act}: put the source of it inside a <${taker}>.`;
};
