import type { PropertyValues } from '@lit/reactive-element';
import type { SourceState } from '../controllers/track-lifecycle.js';
import type { AudioLayer, Composition, VideoLayer } from '../engine/composition.js';
import { onSignalDefined } from '../engine/page/custom-signals.js';
import type { Playback, PlaybackListener } from '../engine/page/playback.js';
import { type Composer, composerOf, type LayerSource } from './layer-host.js';
import { SourceElement } from './source-element.js';

/**
 * A source whose signal the engine plays: alone as a composition of one layer, inside a `<track-generator>` as a layer
 * of that. There it makes no track: its `track` is `null`, its `ready` and `state` are the generator's.
 */
export abstract class SignalSourceElement<C extends Composition>
  extends SourceElement<Playback<C>>
  implements LayerSource
{
  abstract override readonly kind: 'video' | 'audio';
  /** @internal */
  readonly layerId = ++layers;
  #composer: Composer | null = null;
  #stopListening = (): void => {};
  /** What is wrong with it as a layer. */
  #layerError: Error | null = null;

  override get ready(): Promise<MediaStreamTrack> {
    return this.#generator?.ready ?? super.ready;
  }

  override get state(): SourceState {
    return (this.#generator && this.#layerError ? 'failed' : this.#generator?.state) ?? super.state;
  }

  override start(): Promise<MediaStreamTrack> {
    return this.#generator ? this.ready : super.start();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#place();
    this.#stopListening = onSignalDefined(this.#retry);
  }

  /** @internal */
  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    this.#place();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening();
    this.#composer?.sourcesChanged?.();
    this.showState();
  }

  /** @internal */
  composed(error: Error | null): void {
    const again = error?.message === this.#layerError?.message;
    this.#layerError = error;
    this.showState();
    if (error && !again) this.reportError(error);
  }

  /** @internal */
  abstract layer(): VideoLayer | AudioLayer;

  /** The composition of this signal alone. */
  protected abstract compose(): C;

  protected abstract openPlayback(listener: PlaybackListener, composition: C): Promise<Playback<C>>;

  protected override entered(): void {
    if (!composerOf(this)) super.entered();
  }

  protected override async open(signal: AbortSignal): Promise<Playback<C>> {
    const composition = this.compose();
    const playback = await this.openPlayback(
      {
        started: () => {
          this.life.started();
          this.updateSinks();
        },
        failed: ({ error }) => this.life.fail(error),
        ended: () => this.stop(),
        // A gesture lets it run, and mends nothing.
        suspendChanged: () => this.state !== 'failed' && this.life.settle(),
      },
      composition,
    );
    if (this.muted || this.paused) playback.setHold({ muted: this.muted, paused: this.paused });
    // What it waits for may never come.
    signal.addEventListener('abort', () => playback.close());
    if (signal.aborted) playback.close();
    try {
      await playAlone(playback, composition);
      return playback;
    } catch (error) {
      playback.close();
      throw error;
    }
  }

  protected override change(playback: Playback<C>): Promise<void> {
    return playAlone(playback, this.compose());
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#composer?.sourcesChanged?.();
  }

  /** What it asked for in vain may be there now. */
  readonly #retry = (): void => {
    if (this.state !== 'failed') return;
    if (this.#generator) this.#generator.sourcesChanged();
    else this.applyChange();
  };

  /** The generator that it stands in, while it stands in the document. */
  get #generator(): Composer | null {
    return this.isConnected ? this.#composer : null;
  }

  #place(): void {
    const composer = composerOf(this);
    if (composer === this.#composer) {
      composer?.sourcesChanged?.();
      return;
    }
    const left = this.#composer;
    this.#composer = composer;
    this.#layerError = null;
    this.showState();
    left?.sourcesChanged?.();
    if (composer) {
      if (this.life.running) this.stop();
      composer.sourcesChanged?.();
    } else if (left && !this.manual) {
      void this.start();
    }
  }
}

/** Plays a composition of one layer: what is wrong with the layer is wrong with it all. */
async function playAlone<C extends Composition>(playback: Playback<C>, composition: C): Promise<void> {
  const [failure] = await playback.play(composition);
  if (failure) throw failure.error;
}

let layers = 0;
