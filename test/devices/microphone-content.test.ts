/* A virtual microphone that plays other tracks, and files. */
import 'track-elements/define/all';
import { VirtualDevices, type VirtualMicrophone } from 'track-elements/devices';
import type { VirtualMicrophoneElement } from '../../dist/elements/virtual-microphone-element.js';
import type { VirtualScreenElement } from '../../dist/elements/virtual-screen-element.js';
import {
  amplitudeAt,
  decibels,
  frequencyOf,
  isAudible,
  measureSine,
  medianOfWindows,
} from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { hearsEverySample } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';

const { mediaDevices } = navigator;

async function openMicrophone(audio: MediaTrackConstraints | true = true): Promise<MediaStreamTrack> {
  const [track] = (await mediaDevices.getUserMedia({ audio })).getAudioTracks() as [MediaStreamTrack];
  onCleanup(() => track.stop());
  return track;
}

async function addMicrophone(): Promise<VirtualMicrophone> {
  const devices = new VirtualDevices({ mode: 'replace' });
  onCleanup(() => devices.close());
  devices.install();
  const microphone = devices.addMicrophone({ label: 'Headset' });
  microphone.addEventListener('error', ({ error }) => assert.fail(error.message));
  return microphone;
}

async function hasTone(recorder: AudioRecorder, frequency: number, dbfs: number): Promise<void> {
  await eventually(async () => {
    const clip = await recorder.next(0.3);
    const { sampleRate } = clip;
    const pitch = medianOfWindows(clip, (samples) => frequencyOf(samples, sampleRate, frequency));
    assert.closeTo(pitch, frequency, 1);
    const level = medianOfWindows(clip, (samples) => decibels(amplitudeAt(samples, sampleRate, frequency)));
    assert.closeTo(level, dbfs, 0.5);
  });
}

/** Seconds of a recording in which a tone is heard, in windows of 10 ms. */
function secondsOf(samples: Float32Array, sampleRate: number, frequency: number, dbfs: number): number {
  const length = sampleRate / 100;
  let count = 0;
  for (let at = 0; at + length <= samples.length; at += length) {
    const level = decibels(amplitudeAt(samples.subarray(at, at + length), sampleRate, frequency));
    if (Math.abs(level - dbfs) < 0.5) count++;
  }
  return count / 100;
}

describe('A virtual microphone', () => {
  it('plays the audio of another track', async () => {
    const microphone = await addMicrophone();
    const source = await place<HTMLElementTagNameMap['tone-source']>(
      '<tone-source frequency="440" level="-12"></tone-source>',
    ).ready;
    const [usual, mono] = await Promise.all([openMicrophone(), openMicrophone({ channelCount: { exact: 1 } })]);
    await microphone.show(source);
    await hasTone(await AudioRecorder.of(usual), 440, -12);
    await hasTone(await AudioRecorder.of(mono), 440, -12);
  });

  it('plays a file once, from its beginning to its end, and another one after it', async () => {
    const microphone = await addMicrophone();
    const recorder = await AudioRecorder.of(await openMicrophone());
    await microphone.play(makeWaveFile(500, { level: -12 }));
    await microphone.play(new Blob([makeWaveFile(1500, { level: -18, seconds: 0.5 })]));
    await recorder.silence();
    const samples = recorder.samples();
    const { sampleRate } = recorder;
    // A context has a gap now and then on a busy machine, in WebKitGTK always.
    const tolerance = hearsEverySample ? 0.1 : 0.25;
    assert.closeTo(secondsOf(samples, sampleRate, 500, -12), 1, tolerance);
    assert.closeTo(secondsOf(samples, sampleRate, 1500, -18), 0.5, tolerance);
    const heard = samples.slice(samples.findIndex(isAudible));
    // By the median of the periods: a context may have a gap.
    assert.closeTo(measureSine(heard.slice(2400, 24_000), sampleRate).frequency, 500, 1);
  });

  it('plays a file while no page listens', async () => {
    const microphone = await addMicrophone();
    await microphone.play(makeWaveFile(500, { seconds: 0.1 }));
    await hasSilence(await openMicrophone());
  });

  it('loads a URL', async () => {
    const microphone = await addMicrophone();
    const recorder = await AudioRecorder.of(await openMicrophone());
    const url = URL.createObjectURL(new Blob([makeWaveFile(700, { seconds: 2, sampleRate: 16_000 })]));
    onCleanup(() => URL.revokeObjectURL(url));
    const played = microphone.play(url);
    await hasTone(recorder, 700, -6);
    await played;
  });

  it('that plays something else does not play the rest of a file', async () => {
    const microphone = await addMicrophone();
    const recorder = await AudioRecorder.of(await openMicrophone());
    const played = rejectionOf(microphone.play(makeWaveFile(500, { seconds: 30 })));
    await hasTone(recorder, 500, -6);
    await microphone.show({ waveform: 'sine', frequency: 2000, level: -10 });
    assert.equal((await played).name, 'AbortError');
    await hasTone(recorder, 2000, -10);
  });

  it('plays a file in a track that is opened meanwhile, too, and in all of them another one that does not wait', async () => {
    const microphone = await addMicrophone();
    const recorders = [await AudioRecorder.of(await openMicrophone())];
    const replaced = rejectionOf(microphone.play(makeWaveFile(500, { seconds: 30 })));
    await hasTone(recorders[0] as AudioRecorder, 500, -6);
    recorders.push(await AudioRecorder.of(await openMicrophone({ channelCount: { exact: 1 } })));
    await hasTone(recorders[1] as AudioRecorder, 500, -6);
    const played = microphone.play(makeWaveFile(900, { seconds: 4, level: -12 }));
    assert.equal((await replaced).name, 'AbortError');
    await Promise.all(recorders.map((recorder) => hasTone(recorder, 900, -12)));
    await played;
  });

  it('says what it cannot play', async () => {
    const microphone = await addMicrophone();
    const undecoded = await rejectionOf(microphone.play(new ArrayBuffer(100)));
    assert.equal(undecoded.name, 'EncodingError');
    assert.equal(
      undecoded.message,
      'clip is ArrayBuffer; it must be audio that this browser decodes, such as WAVE or MP3.',
    );
    const named = await rejectionOf(microphone.play(new File(['no audio'], 'notes.txt')));
    assert.match(named.message, /^clip is "notes.txt"; it must be audio /);
    const url = URL.createObjectURL(new Blob([]));
    URL.revokeObjectURL(url);
    const missing = await rejectionOf(microphone.play(url));
    assert.equal(missing.name, 'NetworkError');
    assert.match(missing.message, /^The clip blob:.* did not load: /);
    const wrong = await rejectionOf(microphone.play(7 as unknown as string));
    assert.equal(wrong.message, 'clip is 7; it must be a URL, a Blob or an ArrayBuffer.');
  });
});

async function hasSilence(track: MediaStreamTrack): Promise<void> {
  await (await AudioRecorder.of(track)).silence(0.2);
}

describe('The element of a virtual device', () => {
  it('plays the audio of a source inside that is no layer, beside the tones', async () => {
    const element = place<VirtualMicrophoneElement>(
      `<virtual-microphone mode="replace">
        <tone-source frequency="2000" level="-20"></tone-source>
        <track-generator kind="audio" sample-rate="48000" channels="2"></track-generator>
      </virtual-microphone>`,
    );
    await element.updateComplete;
    const track = await openMicrophone();
    assert.deepEqual(element.tracks, [track]);
    const recorder = await AudioRecorder.of(track);
    const generator = element.querySelector('track-generator') as HTMLElementTagNameMap['track-generator'];
    await generator.ready;
    const sine = Float32Array.from({ length: 48_000 * 8 }, (_, i) => 0.25 * Math.sin((2 * Math.PI * 600 * i) / 48_000));
    void generator.write([sine, sine]).catch(() => {});
    await hasTone(recorder, 600, decibels(0.25));
    await hasTone(recorder, 2000, -20);
  });

  it('shares the audio of a source inside with the screen', async () => {
    const screen = place<VirtualScreenElement>(
      `<virtual-screen><track-generator kind="audio" sample-rate="48000" channels="2"></track-generator></virtual-screen>`,
    );
    const generator = screen.querySelector('track-generator') as HTMLElementTagNameMap['track-generator'];
    await generator.ready;
    await eventually(() => assert.isTrue(screen.device.hasAudio));
    const shared = await mediaDevices.getDisplayMedia({ video: true, audio: true });
    onCleanup(() => shared.getTracks().map((track) => track.stop()));
    assert.lengthOf(shared.getAudioTracks(), 1);
    const sine = Float32Array.from({ length: 48_000 * 8 }, (_, i) => 0.25 * Math.sin((2 * Math.PI * 600 * i) / 48_000));
    void generator.write([sine, sine]).catch(() => {});
    await hasTone(await AudioRecorder.of(shared.getAudioTracks()[0] as MediaStreamTrack), 600, decibels(0.25));
  });

  it('warns of a track of the other kind', async () => {
    const element = place<HTMLElementTagNameMap['virtual-camera']>('<virtual-camera mode="replace"></virtual-camera>');
    const warned = new Promise<string>((resolve) => {
      element.addEventListener('warning', (event) => {
        event.preventDefault();
        resolve(event.error.message);
      });
    });
    element.innerHTML = '<track-generator kind="audio"></track-generator>';
    assert.match(await warned, /^A <virtual-camera> was given a track of audio, .* inside a <virtual-microphone>\.$/);
  });
});
