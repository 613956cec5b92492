import type { TrackRecorderElement } from 'track-elements';

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const bytes = (size: number) => (size < 1e6 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`);

/** A button that records and stops, and how much there is. The element itself shows the link that saves it. */
export function bindRecording(
  button: HTMLButtonElement,
  reading: HTMLElement,
  complaint: HTMLElement,
  recorder: TrackRecorderElement,
): void {
  const show = () => {
    const recording = recorder.state === 'recording';
    button.setAttribute('command', recording ? '--stop' : '--start');
    button.toggleAttribute('data-recording', recording);
    button.textContent = recording ? 'Stop' : 'Record';
    reading.textContent = recorder.size > 0 || recording ? `${clock(recorder.duration)} · ${bytes(recorder.size)}` : '';
    if (recording) complaint.textContent = '';
  };
  recorder.addEventListener('statechange', show);
  recorder.addEventListener('progress', show);
  recorder.addEventListener('error', ({ message }) => {
    complaint.textContent = message;
  });
  show();
}
