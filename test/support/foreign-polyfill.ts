/**
 * Polyfills of `MediaStreamTrackGenerator` and `MediaStreamTrackProcessor` as pages write them: classes of their own, whose
 * constructor returns a track of a captured canvas, or of an audio worklet. In Chromium they replace the native ones.
 */

/** The part of an audio worklet processor that plays what is posted to it. */
const processorText = `registerProcessor('foreign-generator', class extends AudioWorkletProcessor {
  queue = [];
  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.queue.push(...data);
  }
  process(inputs, [[output]]) {
    for (let i = 0; i < output.length; i++) output[i] = this.queue.shift() ?? 0;
    return true;
  }
});`;

function videoTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
  const writable = new WritableStream<VideoFrame>({
    write(frame) {
      canvas.width = frame.displayWidth;
      canvas.height = frame.displayHeight;
      context?.drawImage(frame, 0, 0);
      frame.close();
    },
  });
  return Object.assign(track, { writable });
}

function audioTrack(): MediaStreamTrack {
  const audio = new AudioContext();
  const destination = audio.createMediaStreamDestination();
  const [track] = destination.stream.getAudioTracks() as [MediaStreamTrack];
  let node: AudioWorkletNode;
  const writable = new WritableStream<AudioData>({
    async start() {
      await audio.audioWorklet.addModule(`data:text/javascript,${encodeURIComponent(processorText)}`);
      node = new AudioWorkletNode(audio, 'foreign-generator');
      node.connect(destination);
    },
    write(data) {
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      node.port.postMessage(samples);
      data.close();
    },
  });
  return Object.assign(track, { writable });
}

export class ForeignGenerator {
  /** How often the library was mistaken. */
  static count = 0;

  constructor({ kind }: { kind: string }) {
    ForeignGenerator.count++;
    // biome-ignore lint/correctness/noConstructorReturn: such polyfills do.
    return (kind === 'audio' ? audioTrack() : videoTrack()) as unknown as ForeignGenerator;
  }
}

export class ForeignProcessor {
  static count = 0;
  readonly readable = new ReadableStream();

  constructor() {
    ForeignProcessor.count++;
  }
}

type Class = new (init: { kind: string }) => object;

/** The disguises of a class that is not the browser's. */
export const disguises: Readonly<Record<string, (Foreign: Class) => unknown>> = {
  'a class': (Foreign) => Foreign,
  'a bound class': (Foreign) => Foreign.bind(null),
  'a proxy': (Foreign) => new Proxy(Foreign, {}),
  'a function with the prototype of a track': (Foreign) => {
    function MediaStreamTrackGenerator(init: { kind: string }): object {
      return new Foreign(init);
    }
    MediaStreamTrackGenerator.prototype = MediaStreamTrack.prototype;
    return MediaStreamTrackGenerator;
  },
};
