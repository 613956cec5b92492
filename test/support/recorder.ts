/** Recorders in the page, and their recordings. */
import { isAudible } from './audio-analysis.js';
import { AudioRecorder } from './audio-recording.js';
import { place } from './page.js';
import { assert } from './suite.js';
import { waitFor } from './waiting.js';

export type Recorder = HTMLElementTagNameMap['track-recorder'];

/** A source of one color. Red has a luma of 81, blue of 41, green of 145, in limited range. */
export const colorSource = (color: string, attributes = 'width="320" height="240"'): string =>
  `<pattern-source pattern="solid" color="${color}" ${attributes}></pattern-source>`;

export const redSource = colorSource('red');

/** A recorder in the page. The log has its errors. */
export function placeRecorder(attributes = '', children = redSource): Recorder {
  const recorder = place<Recorder>(`<track-recorder timeslice="200" ${attributes}>${children}</track-recorder>`);
  recorder.addEventListener('error', ({ message }) => console.log(`An error of the recorder: ${message}`));
  return recorder;
}

/** Resolves when so many seconds were recorded and written. */
export async function recordUntil(recorder: Recorder, seconds: number): Promise<void> {
  const error = () => `${seconds} s of recording (${recorder.duration} s, ${recorder.size} bytes, ${recorder.state})`;
  await waitFor(() => recorder.duration >= seconds && recorder.size > 0, error);
}

/**
 * Resolves when so many seconds of a tone were heard in the track of the source that the recorder was given last. An audio device
 * starts late and stands still on a busy machine, so that no time tells how much audio there was to record.
 */
export async function hearTone(recorder: Recorder, seconds: number): Promise<void> {
  const source = recorder.lastElementChild as HTMLElementTagNameMap['tone-source'];
  await hearTrack(await source.ready, seconds);
}

/** Resolves when so many seconds were heard in a track. */
export async function hearTrack(track: MediaStreamTrack, seconds: number): Promise<void> {
  const heard = await AudioRecorder.of(track);
  await waitFor(
    () => heard.samples().filter(isAudible).length >= seconds * heard.sampleRate,
    `${seconds} s of the tone`,
  );
  heard.close();
}

/** Resolves to the complete recording. */
export async function stopRecorder(recorder: Recorder): Promise<Blob> {
  recorder.stop();
  await waitFor(
    () => recorder.state === 'stopped',
    () => `the end of the recording (${recorder.state})`,
  );
  assert.ok(recorder.blob);
  return recorder.blob;
}

/** Records for some seconds. Resolves to the recording. */
export async function record(recorder: Recorder, seconds = 1): Promise<Blob> {
  await recorder.start();
  assert.equal(recorder.state, 'recording');
  await recordUntil(recorder, seconds);
  return stopRecorder(recorder);
}
