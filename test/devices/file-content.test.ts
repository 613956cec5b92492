/* Virtual devices that show and play media files. */
import { VirtualDevices } from 'track-elements/devices';
import { amplitudeAt, decibels, frequencyOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { markedFilm } from '../support/marked-film.js';
import { readMarksUntil } from '../support/marks.js';
import { rejectionOf } from '../support/rejections.js';
import { noFfmpeg, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';

function install(): VirtualDevices {
  const devices = new VirtualDevices({ mode: 'replace' });
  onCleanup(() => devices.close());
  devices.install();
  return devices;
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  const [track] = (await navigator.mediaDevices.getUserMedia(constraints)).getTracks() as [MediaStreamTrack];
  onCleanup(() => track.stop());
  return track;
}

describe('A virtual device that was given a file', () => {
  it('shows a film at the size of each track, again and again', async function () {
    const film = (await markedFilm({ format: 'webm', seconds: 1 })) ?? skip(this, noFfmpeg);
    const camera = install().addCamera();
    await camera.show({ file: film });
    for (const [width, height] of [
      [640, 360],
      [320, 180],
    ] as const) {
      const track = await open({ video: { width, height } });
      assert.equal(track.getSettings().width, width);
      const isAgain = (frames: number[]) => frames.some((frame, i) => frame < (frames[i - 1] ?? 0));
      await readMarksUntil(track, (marks) => isAgain(marks.flatMap((mark) => (mark?.source === 5 ? mark.frame : []))));
    }
  });

  it('plays audio, and something else on the same track', async () => {
    const microphone = install().addMicrophone();
    await microphone.show({ file: new Blob([makeWaveFile(440, { level: -12 })]) });
    const track = await open({ audio: true });
    const recorder = await AudioRecorder.of(track);
    const hears = (frequency: number) =>
      eventually(async () => {
        const { planes, sampleRate } = await recorder.next(0.2);
        const [samples] = planes as [Float32Array];
        assert.closeTo(frequencyOf(samples, sampleRate, frequency), frequency, 2);
        assert.closeTo(decibels(amplitudeAt(samples, sampleRate, frequency)), -12, 1);
      });
    await hears(440);
    await microphone.show({ file: new Blob([makeWaveFile(1320, { level: -12 })]) });
    await hears(1320);
    assert.equal(track.readyState, 'live');
  });

  it('says what is wrong with the file', async () => {
    const camera = install().addCamera();
    const messageOf = async (file: string | Blob) => (await rejectionOf(camera.show({ file }))).message;
    assert.equal(
      await messageOf('/no-such-film.mp4'),
      'file is "/no-such-film.mp4"; it must be the URL of a media file, and the server answered 404.',
    );
    assert.equal(await messageOf(new Blob([makeWaveFile(440)])), 'file is a Blob; it has no video.');
    assert.equal(await messageOf(7 as never), 'file is 7; it must be a URL, a Blob or a File.');
  });
});
