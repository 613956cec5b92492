/** A sink element that records the tracks it gets and loses, in order. */
import { ContextProvider, createContext } from '@lit/context';

/** The documented key of the context: a sink element needs no import from the library. */
const context = createContext<unknown, symbol>(Symbol.for('track-elements/sink'));

export interface SinkNote {
  readonly what: 'add' | 'remove';
  readonly track: MediaStreamTrack;
  readonly source?: HTMLElement;
  /** Notes that were taken in the same task have the same number. */
  readonly task: number;
}

export class TestSink extends HTMLElement {
  readonly notes: SinkNote[] = [];
  readonly tracks: MediaStreamTrack[] = [];
  readonly #provider = new ContextProvider(this, { context, initialValue: this });

  connectedCallback(): void {
    this.#provider.hostConnected();
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.tracks.push(track);
    this.notes.push({ what: 'add', track, source, task: taskNumber() });
  }

  removeTrack(track: MediaStreamTrack): void {
    this.tracks.splice(this.tracks.indexOf(track), 1);
    this.notes.push({ what: 'remove', track, task: taskNumber() });
  }
}

let task = 0;
let asked = false;
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => {
  task++;
  asked = false;
};

/** A number that grows with each task. */
function taskNumber(): number {
  if (!asked) port2.postMessage(null);
  asked = true;
  return task;
}
