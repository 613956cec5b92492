import { plainError } from '../../../generator/messages.js';
import type { AudioBlock } from '../../../processor/messages.js';
import { samplesOfData } from '../../../processor/samples.js';
import { TrackInputReader } from '../../../processor/worker/track-input.js';
import { createScope, needsAnotherScope, type Scope } from '../create-scope.js';
import type { OpenScope, ScopeCommand, ScopeEvent, ScopeFormat } from '../messages.js';
import { SampleHistory } from '../sample-history.js';
import type { ScopeSettings } from '../scope-settings.js';
import type { Trace } from '../trace.js';
import { FrameReader } from './frame-reader.js';
import { RefreshTimes } from './refresh-times.js';

/** One scope: it reads a track, and draws at its refresh rate. It needs no timer: frames and blocks of audio come steadily. */
export class ScopeSession {
  readonly #port: MessagePort;
  readonly #canvas: OffscreenCanvas | null;
  readonly #context: OffscreenCanvasRenderingContext2D | null;
  readonly #frames = new FrameReader();
  readonly #refreshes = new RefreshTimes();
  #settings: ScopeSettings | null = null;
  #scope: Scope | null = null;
  #reader: TrackInputReader | null = null;
  #history: SampleHistory | null = null;
  /** Frames one after the other that could not be read. */
  #failures = 0;
  #format = '';
  #summary = '';
  #summarizedAt = Number.NEGATIVE_INFINITY;

  constructor({ port, canvas }: OpenScope) {
    this.#port = port;
    this.#canvas = canvas;
    this.#context = canvas?.getContext('2d', { willReadFrequently: true }) ?? null;
    port.onmessage = ({ data }: MessageEvent<ScopeCommand>) => {
      if (data.type === 'settings') this.#change(data.settings);
      else if (data.type === 'input') this.#read(data.input);
      else this.#close();
    };
  }

  #change(settings: ScopeSettings): void {
    const isOther = this.#settings?.view !== settings.view;
    if (needsAnotherScope(this.#settings, settings)) this.#scope = createScope(settings);
    this.#settings = settings;
    this.#refreshes.interval = 1000 / settings.refreshRate;
    if (isOther) this.#summarizedAt = Number.NEGATIVE_INFINITY;
  }

  #read(input: Extract<ScopeCommand, { type: 'input' }>['input']): void {
    this.#reader?.close();
    this.#history = null;
    const reader: TrackInputReader | null =
      input &&
      new TrackInputReader(
        input,
        {
          frame: (frame) => void this.#takeFrame(frame),
          data: (data) => this.#takeSamples(samplesOfData(data)),
          block: (block) => this.#takeSamples(block),
          failed: (error) => this.#post({ type: 'failed', error: plainError(error) }),
        },
        () => performance.now(),
      );
    this.#reader = reader;
  }

  async #takeFrame(frame: VideoFrame): Promise<void> {
    const scope = this.#scope;
    // While one is read, the next ones are left out.
    if (scope?.kind !== 'video' || this.#frames.isBusy || !this.#refreshes.isDue(performance.now())) {
      frame.close();
      return;
    }
    try {
      const picture = await this.#frames.read(frame);
      // The view may have changed in the meantime.
      if (scope !== this.#scope || !this.#reader) return;
      this.#tellFormat({ type: 'format', matrix: picture.matrix, channels: 0 });
      scope.draw(picture);
      this.#show(scope);
      this.#failures = 0;
    } catch (error) {
      // A single frame that cannot be read is not worth an error: the next one follows.
      if (++this.#failures === TOLD_FAILURES) this.#post({ type: 'failed', error: plainError(error) });
    }
  }

  #takeSamples({ planes, sampleRate }: Pick<AudioBlock, 'planes' | 'sampleRate'>): void {
    if (planes.length === 0) return;
    if (this.#history?.sampleRate !== sampleRate || this.#history.planes !== planes.length) {
      this.#history = new SampleHistory(sampleRate, planes.length);
      // A drawing over time begins again.
      if (this.#settings && this.#scope?.kind === 'audio') this.#scope = createScope(this.#settings);
    }
    const history = this.#history;
    history.add(planes);
    const scope = this.#scope;
    if (scope?.kind !== 'audio' || !this.#refreshes.isDue(performance.now())) return;
    this.#tellFormat({ type: 'format', matrix: 'bt709', channels: history.channels });
    scope.draw(history);
    this.#show(scope);
  }

  #tellFormat(format: ScopeFormat): void {
    const text = JSON.stringify(format);
    if (text !== this.#format) this.#post(format);
    this.#format = text;
  }

  #show({ trace, summary }: Scope): void {
    if (this.#canvas && this.#context) drawTrace(this.#canvas, this.#context, trace);
    else {
      const bytes = trace.bytes.slice();
      this.#post({ type: 'picture', width: trace.width, bytes }, [bytes.buffer]);
    }
    const now = performance.now();
    if (now < this.#summarizedAt + SUMMARY_INTERVAL_MS || summary === this.#summary) return;
    this.#summarizedAt = now;
    this.#summary = summary;
    this.#post({ type: 'summary', text: summary });
  }

  #post(event: ScopeEvent, transfer: Transferable[] = []): void {
    this.#port.postMessage(event, transfer);
  }

  #close(): void {
    this.#reader?.close();
    this.#reader = null;
    this.#scope = null;
    this.#port.close();
  }
}

const TOLD_FAILURES = 10;

/** A text that changes more often is of no use to somebody who listens to it. */
const SUMMARY_INTERVAL_MS = 3000;

function drawTrace(canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, trace: Trace): void {
  if (canvas.width !== trace.width) canvas.width = trace.width;
  if (canvas.height !== trace.height) canvas.height = trace.height;
  context.putImageData(new ImageData(trace.bytes, trace.width, trace.height), 0, 0);
}
