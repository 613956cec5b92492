import type { SourceElement } from 'track-elements';

/** A button that lets a video be heard, and a meter of what there is to hear meanwhile. */
export function bindListening(
  button: HTMLButtonElement,
  video: HTMLVideoElement,
  meter: HTMLElement,
  source: SourceElement,
): void {
  // A line-up tone is no music.
  video.volume = 0.25;
  let silence: (() => void) | null = null;
  button.addEventListener('click', () => {
    video.muted = !video.muted;
    button.setAttribute('aria-pressed', String(!video.muted));
    silence?.();
    silence = video.muted ? null : measure(source, meter);
  });
}

/** Shows the level of a source's track ten times a second. Returns what ends that. */
function measure(source: SourceElement, meter: HTMLElement): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  const samples = new Float32Array(analyser.fftSize);
  const bar = meter.querySelector('meter');
  const output = meter.querySelector('output');
  let input: MediaStreamAudioSourceNode | null = null;

  const attach = () => {
    input?.disconnect();
    input = source.track && context.createMediaStreamSource(new MediaStream([source.track]));
    input?.connect(analyser);
  };
  const show = () => {
    analyser.getFloatTimeDomainData(samples);
    const level = 20 * Math.log10(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-5));
    if (bar) bar.value = level;
    if (output) output.value = level > -90 ? `${level.toFixed(1)} dBFS`.replace('-', '−') : 'silent';
  };

  attach();
  meter.hidden = false;
  source.addEventListener('addtrack', attach);
  const timer = setInterval(show, 100);
  return () => {
    clearInterval(timer);
    source.removeEventListener('addtrack', attach);
    meter.hidden = true;
    void context.close();
  };
}
