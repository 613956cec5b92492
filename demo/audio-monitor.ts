import type { SourceElement } from 'track-elements';

/** A test tone at full volume is unpleasant. */
const VOLUME = 0.25;

const UPDATE_INTERVAL_MS = 100;

/** Below this the monitor says “silent”. */
const SILENCE_DBFS = -90;

/** A button that unmutes a video, and a meter that shows the level of the source meanwhile. */
export function setUpAudioMonitor(
  button: HTMLButtonElement,
  video: HTMLVideoElement,
  meter: HTMLElement,
  source: SourceElement,
): void {
  video.volume = VOLUME;
  let stopMeter: (() => void) | null = null;
  button.addEventListener('click', () => {
    video.muted = !video.muted;
    button.setAttribute('aria-pressed', String(!video.muted));
    stopMeter?.();
    stopMeter = video.muted ? null : startMeter(source, meter);
  });
}

/** Shows the peak level of a source's track. Returns a function that stops it. */
function startMeter(source: SourceElement, meter: HTMLElement): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  const samples = new Float32Array(analyser.fftSize);
  const bar = meter.querySelector('meter');
  const output = meter.querySelector('output');
  let input: MediaStreamAudioSourceNode | null = null;

  const connectTrack = () => {
    input?.disconnect();
    input = source.track && context.createMediaStreamSource(new MediaStream([source.track]));
    input?.connect(analyser);
  };
  const showLevel = () => {
    analyser.getFloatTimeDomainData(samples);
    const level = 20 * Math.log10(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1e-5));
    if (bar) bar.value = level;
    if (output) output.value = level > SILENCE_DBFS ? `${level.toFixed(1)} dBFS`.replace('-', '−') : 'silent';
  };

  connectTrack();
  meter.hidden = false;
  source.addEventListener('addtrack', connectTrack);
  const timer = setInterval(showLevel, UPDATE_INTERVAL_MS);
  return () => {
    clearInterval(timer);
    source.removeEventListener('addtrack', connectTrack);
    meter.hidden = true;
    void context.close();
  };
}
