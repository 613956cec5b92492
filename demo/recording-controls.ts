import type { TrackRecorderElement } from 'track-elements';

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const sizeOf = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** A button that starts and stops a recording, and its duration and size. The element itself shows the download link. */
export function setUpRecordingControls(
  button: HTMLButtonElement,
  reading: HTMLElement,
  recorder: TrackRecorderElement,
): void {
  const show = () => {
    const isRecording = recorder.state === 'recording';
    button.setAttribute('command', isRecording ? '--stop' : '--start');
    button.toggleAttribute('data-recording', isRecording);
    button.textContent = isRecording ? 'Stop' : 'Record';
    const { duration, size } = recorder;
    reading.textContent = size > 0 || isRecording ? `${clockOf(duration)} · ${sizeOf(size)}` : '';
  };
  recorder.addEventListener('statechange', show);
  recorder.addEventListener('progress', show);
  show();
}
