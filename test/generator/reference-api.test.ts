/*
 * The interface that this project started from, with the library's generator under the native one's name: code written
 * for it runs unchanged in all engines.
 */
import { TrackGenerator as MediaStreamTrackGenerator } from 'track-elements/generator';
import { AudioRecorder } from '../support/audio-recording.js';
import { assert, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';

describe('The reference API', () => {
  it('writes an ImageBitmap to a video track', async () => {
    const bitmap = await createImageBitmap(makeSolidCanvas([200, 40, 60], 320, 180));

    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const stream = new MediaStream([generator.track]);
    await generator.write(bitmap);

    const screen = new VideoScreen(stream.getVideoTracks()[0] as MediaStreamTrack);
    await screen.showsColor([200, 40, 60]);
    assert.deepEqual(screen.size, [320, 180]);
    generator.stop();
    assert.equal(generator.track.readyState, 'ended');
  });

  it('writes samples to an audio track', async () => {
    const generator = new MediaStreamTrackGenerator({ kind: 'audio' });
    const stream = new MediaStream([generator.track]);
    const recording = await AudioRecorder.of(stream.getAudioTracks()[0] as MediaStreamTrack);

    const samples = new Float32Array(1024);
    for (let n = 0; n < samples.length; n++) samples[n] = Math.sin((2 * Math.PI * 440 * n) / 48000);
    await generator.write(samples);

    await recording.audible(1024 / 48000);
    await generator.write(new Float32Array(1024));
    await recording.silence();
    generator.stop();
    assert.equal(generator.track.readyState, 'ended');
  });
});
