/* Audio by a captured media element in a page of Firefox that nobody has touched. */
import { firefox } from '../../scripts/browsers/firefox.js';
import { describeIf } from '../support/skipping.js';
import { after, assert, before, it } from '../support/suite.js';
import { openUntouchedPage, type UntouchedPage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';
  import { openTrackGenerator } from 'track-elements/generator/open';
  import { TrackGenerator } from 'track-elements/generator';
  import { VirtualDevices } from 'track-elements/devices';
  Object.assign(globalThis, { openTrackGenerator, TrackGenerator, VirtualDevices });

  // All that the library opens.
  const opened = (globalThis.opened = { elements: new Set(), workers: 0, urls: 0 });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () { opened.elements.add(this); return play.call(this); };
  const { terminate } = Worker.prototype;
  const NativeWorker = Worker;
  globalThis.Worker = function (...args) { opened.workers++; return new NativeWorker(...args); };
  NativeWorker.prototype.terminate = function () { opened.workers--; terminate.call(this); };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => { opened.urls++; return createObjectURL.call(URL, object); };
  URL.revokeObjectURL = (url) => { opened.urls--; revokeObjectURL.call(URL, url); };

  document.body.innerHTML = '<tone-source frequency="440" channels="2"></tone-source>';
  globalThis.tone = document.querySelector('tone-source');
  globalThis.warnings = [];
  tone.addEventListener('warning', ({ message }) => warnings.push(message));
  globalThis.wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** The samples of the first channel of a track, by a MediaRecorder: an AudioContext would not run. */
  globalThis.record = async (track, ms) => {
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    await wait(ms);
    recorder.stop();
    await stopped;
    const context = new OfflineAudioContext(1, 48000, 48000);
    const buffer = await context.decodeAudioData(await new Blob(parts).arrayBuffer());
    // Opus begins and ends with silence.
    return buffer.getChannelData(0).subarray(12000, buffer.length - 12000);
  };

  /**
   * Level as AES17 has it, of the median of blocks of 50 ms; and the frequency, by the time that 20 periods usually take between
   * rising crossings of zero: a busy machine may interrupt the audio.
   */
  globalThis.measure = (samples) => {
    const crossings = [];
    for (let i = 1; i < samples.length; i++) {
      const [before, after] = [samples[i - 1], samples[i]];
      if (before < 0 && after >= 0) crossings.push(i - 1 + before / (before - after));
    }
    const powers = [];
    for (let i = 0; i + 2400 <= samples.length; i += 2400) {
      powers.push(samples.subarray(i, i + 2400).reduce((sum, sample) => sum + sample ** 2, 0) / 2400);
    }
    powers.sort((a, b) => a - b);
    const lengths = crossings.slice(20).map((crossing, i) => crossing - crossings[i]).sort((a, b) => a - b);
    const frequency = (48000 * 20) / lengths[lengths.length >> 1];
    const level = 10 * Math.log10(2 * powers[powers.length >> 1]);
    return { level, frequency };
  };

  /** The level that arrives at a peer, from 0 to 1. */
  globalThis.levelAtPeer = async (track) => {
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = ({ candidate }) => there.addIceCandidate(candidate);
    there.onicecandidate = ({ candidate }) => here.addIceCandidate(candidate);
    here.addTrack(track);
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription);
    for (let left = 200; left > 0; left--) {
      await wait(50);
      const reports = [...(await there.getStats()).values()];
      const level = reports.find(({ type }) => type === 'inbound-rtp')?.audioLevel;
      if (level > 0.1) {
        here.close();
        there.close();
        return level;
      }
    }
    return 0;
  };

  /** Writes a sine of 1 kHz and −12 dBFS, the first samples at once. */
  globalThis.writeSine = async (generator, seconds) => {
    let n = 0;
    const sine = () => Float32Array.from({ length: 4800 }, () => 10 ** (-12 / 20) * Math.sin((2 * Math.PI * 1000 * n++) / 48000));
    const taken = [];
    while (n < seconds * 48000) taken.push(await generator.write(sine()));
    return taken.every(Boolean);
  };

  globalThis.once = async (condition) => {
    for (let left = 200; left > 0 && !condition(); left--) await wait(50);
    return condition();
  };
`;

interface Measured {
  level: number;
  frequency: number;
}

/** A tone of the default level: −18 dBFS. */
const PEAK = 10 ** (-18 / 20);

describeIf(Boolean(await firefox.find()), 'Firefox is not installed', 'Audio without a user gesture in Firefox', () => {
  let opened: UntouchedPage;
  const inPage = <T>(expression: string) => opened.inPage<T>(expression);

  before(async () => {
    opened = await openUntouchedPage('untouched-audio', script, 'firefox');
  });

  after(() => opened.stop());

  it('is live by the backend `element`, where an AudioContext waits', async () => {
    assert.equal(await inPage('new AudioContext().state'), 'suspended');
    assert.equal(await inPage('tone.ready.then((track) => track.readyState)'), 'live');
    assert.deepEqual(await inPage('[tone.state, tone.backend, warnings.length]'), ['live', 'element', 0]);
  });

  it('is in the track at the right level and frequency', async () => {
    const { level, frequency } = await inPage<Measured>('record(tone.track, 3000).then(measure)');
    assert.closeTo(level, -18, 0.5);
    assert.closeTo(frequency, 440, 1);
  });

  it('reaches a peer', async () => {
    assert.closeTo(await inPage<number>('levelAtPeer(tone.track)'), PEAK, 0.01);
  });

  it('stays close to its time: less than 150 ms wait in the element', async () => {
    const waiting = '[...opened.elements].map(({ buffered, currentTime }) => buffered.end(0) - currentTime)[0]';
    const readings = `(async () => { const all = []; for (let n = 0; n < 40; n++) { all.push(${waiting}); await wait(25); } return all; })()`;
    // A position is read late and never early, so that the smallest counts. Two seconds make up for a busy moment.
    let smallest = Number.POSITIVE_INFINITY;
    for (let left = 10; left > 0 && smallest >= 0.15; left--)
      smallest = Math.min(...(await inPage<number[]>(readings)));
    assert.isBelow(smallest, 0.15);
  });

  it('counts its blocks', async () => {
    const produced = await inPage<number>('tone.getStats().then(({ produced }) => produced)');
    assert.isAbove(produced, 200);
  });

  it('has what is written', async () => {
    const made =
      'globalThis.mine = document.body.appendChild(Object.assign(document.createElement("track-generator"), { kind: "audio" })); ';
    const written =
      'globalThis.written = writeSine(mine, 4); mine.ready.then((track) => wait(800).then(() => record(track, 2000))).then(measure)';
    const { level, frequency } = await inPage<Measured>(made + written);
    assert.equal(await inPage('mine.backend'), 'element');
    assert.closeTo(level, -12, 0.5);
    assert.closeTo(frequency, 1000, 1);
    assert.isTrue(await inPage('written'));
    assert.isTrue(await inPage('mine.played()'));
    await inPage('mine.remove()');
  });

  it('has what a script writes into a generator that it has opened', async () => {
    const made = `
      openTrackGenerator({ kind: 'audio' }).then(async (generator) => {
        globalThis.opener = generator;
        globalThis.written = writeSine(generator, 4);
        await wait(800);
        return measure(await record(generator.track, 2000));
      })`;
    const { level, frequency } = await inPage<Measured>(made);
    assert.deepEqual(await inPage('[opener instanceof TrackGenerator, opener.backend]'), [true, 'element']);
    assert.closeTo(level, -12, 0.5);
    assert.closeTo(frequency, 1000, 1);
    assert.isTrue(await inPage('written'));
    await inPage('opener.stop()');
  });

  it('opens no generator with a wrong option', async () => {
    const messageOf = (init: string) => inPage(`openTrackGenerator(${init}).catch(({ message }) => message)`);
    assert.include(await messageOf("{ kind: 'audio', sampleRate: 1 }"), 'sampleRate is 1');
    assert.include(await messageOf("{ kind: 'audio', queueLimit: -1 }"), 'queueLimit is -1');
    assert.include(await messageOf("{ kind: 'sound' }"), 'kind is "sound"');
  });

  it('composes sources inside a generator', async () => {
    const made = `
      document.body.insertAdjacentHTML('beforeend', '<track-generator kind="audio"><tone-source frequency="600"></tone-source></track-generator>');
      globalThis.composed = document.body.lastElementChild; composed.ready.then((track) => wait(300).then(() => record(track, 1500))).then(measure)`;
    const { level, frequency } = await inPage<Measured>(made);
    assert.deepEqual(await inPage('[composed.backend, composed.state]'), ['element', 'live']);
    assert.closeTo(level, -18, 0.5);
    assert.closeTo(frequency, 600, 1);
    await inPage('composed.remove()');
  });

  it('is in the track of a virtual microphone', async () => {
    const asked = `
      document.body.insertAdjacentHTML('beforeend', '<virtual-microphone mode="replace"><tone-source frequency="500"></tone-source></virtual-microphone>');
      globalThis.microphone = document.body.lastElementChild;
      wait(200).then(() => navigator.mediaDevices.getUserMedia({ audio: true })).then(async (stream) => {
        const [track] = stream.getAudioTracks();
        await wait(300);
        const measured = measure(await record(track, 1500));
        track.stop();
        microphone.remove();
        return measured;
      })`;
    const { level, frequency } = await inPage<Measured>(asked);
    assert.closeTo(level, -18, 0.5);
    assert.closeTo(frequency, 500, 1);
  });

  it('is in a clone of the track of a virtual microphone, also when the page has stopped the track', async () => {
    const asked = `
      (async () => {
        const devices = new VirtualDevices({ mode: 'replace' });
        const microphone = devices.addMicrophone({ label: 'Headset' });
        await microphone.show({ waveform: 'sine', frequency: 500, level: -18 });
        devices.install();
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const [track] = stream.getAudioTracks();
        const [first] = stream.clone().getAudioTracks();
        const second = first.clone();
        first.enabled = false;
        const before = microphone.openTracks.length;
        track.stop();
        await wait(1200);
        const measured = measure(await record(second, 1500));
        const silent = (await record(first, 1000)).every((sample) => Math.abs(sample) < 0.001);
        await microphone.show({ waveform: 'sine', frequency: 900, level: -18 });
        await wait(300);
        const changed = measure(await record(second, 1500));
        const states = [track, first, second].map(({ readyState, label }) => readyState + ' ' + label);
        first.stop();
        const ended = new Promise((resolve) => { second.onended = () => resolve(microphone.openTracks.length); });
        microphone.unplug();
        const after = await ended;
        devices.close();
        return { measured, changed, silent, states, counts: [before, after] };
      })()`;
    const cloned = await inPage<{
      measured: Measured;
      changed: Measured;
      silent: boolean;
      states: string[];
      counts: number[];
    }>(asked);
    assert.closeTo(cloned.measured.level, -18, 0.5);
    assert.closeTo(cloned.measured.frequency, 500, 1);
    assert.closeTo(cloned.changed.frequency, 900, 1);
    assert.isTrue(cloned.silent);
    assert.deepEqual(cloned.states, ['ended Headset', 'live Headset', 'live Headset']);
    assert.deepEqual(cloned.counts, [3, 0]);
  });

  it('is in the track of a virtual microphone that plays a file', async () => {
    // A WAVE file of two seconds, with 16 bits: a sine of 700 Hz and −12 dBFS.
    const asked = `
      (async () => {
        const length = 96000;
        const view = new DataView(new ArrayBuffer(44 + 2 * length));
        const text = (at, name) => [...name].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
        text(0, 'RIFF'); text(8, 'WAVE'); text(12, 'fmt '); text(36, 'data');
        view.setUint32(4, 36 + 2 * length, true); view.setUint32(16, 16, true); view.setUint16(20, 1, true);
        view.setUint16(22, 1, true); view.setUint32(24, 48000, true); view.setUint32(28, 96000, true);
        view.setUint16(32, 2, true); view.setUint16(34, 16, true); view.setUint32(40, 2 * length, true);
        const sine = (n) => 10 ** (-12 / 20) * Math.sin((2 * Math.PI * 700 * n) / 48000);
        for (let n = 0; n < length; n++) view.setInt16(44 + 2 * n, Math.round(32767 * sine(n)), true);
        const devices = new VirtualDevices({ mode: 'replace' });
        const microphone = devices.addMicrophone();
        devices.install();
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const [track] = stream.getAudioTracks();
        const played = microphone.play(view.buffer);
        await wait(400);
        const measured = measure(await record(track, 1400));
        await played;
        track.stop();
        devices.close();
        return measured;
      })()`;
    const { level, frequency } = await inPage<Measured>(asked);
    assert.closeTo(level, -12, 0.5);
    assert.closeTo(frequency, 700, 1);
  });

  it('follows a change on the same track', async () => {
    const changed = 'const before = tone.track; tone.frequency = 1000; tone.level = -12; ';
    const result = `tone.updateComplete.then(() => wait(300)).then(() => record(tone.track, 2000)).then((samples) => ({ ...measure(samples), isSame: tone.track === before }))`;
    const { level, frequency, isSame } = await inPage<Measured & { isSame: boolean }>(`${changed} ${result}`);
    assert.isTrue(isSame);
    assert.closeTo(frequency, 1000, 1);
    assert.closeTo(level, -12, 0.5);
  });

  it('is the same track after a gesture', async () => {
    await inPage('globalThis.before = tone.track');
    await opened.page.mouse.click(5, 5);
    assert.isTrue(
      await inPage('tone.track === before && tone.track.readyState === "live" && tone.backend === "element"'),
    );
    const { frequency } = await inPage<Measured>('record(tone.track, 1500).then(measure)');
    assert.closeTo(frequency, 1000, 1);
  });

  it('frees the element, its file and the worker at the end', async () => {
    await inPage('globalThis.last = tone.track; tone.stop()');
    assert.isTrue(await inPage('once(() => opened.workers === 0)'));
    const isFreed = '({ paused, src, readyState }) => paused && src === "" && readyState === 0';
    assert.deepEqual(
      await inPage(`[last.readyState, opened.urls, opened.elements.size, [...opened.elements].every(${isFreed})]`),
      ['ended', 0, 7, true],
    );
  });
});
