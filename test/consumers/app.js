/*
 * The page of an application that uses the library. It starts a generator, a pattern and a tone, which need the worker and
 * the worklet, and posts the results to the page that has it in a frame. With `?all` it also starts what needs the other files,
 * and posts the names of the elements that it used.
 * With `?base=folder/` the page serves the files in that folder.
 */
import { configure } from 'track-elements/configure';
import 'track-elements/define/all';
import { defineWaveform } from 'track-elements/define-signals';
import { TrackGenerator } from 'track-elements/generator';
import { TrackProbe } from 'track-elements/measure';
import { TrackProcessor } from 'track-elements/processor';

const POLL_INTERVAL_MS = 20;
const START_TIMEOUT_MS = 30_000;

const query = new URLSearchParams(location.search);

configure({
  ...(query.has('audio') && { backends: { audio: query.get('audio') } }),
  ...(query.has('base') && { baseUrl: query.get('base') }),
});

/** Waits until a generator or an element has produced frames or blocks. */
const waitForOutput = (source) =>
  waitFor(
    async () => (await source.getStats()).produced >= 3,
    () => `nothing was produced (${source.backend}, ${source.state ?? (source.suspended && 'suspended')})`,
  );

async function waitFor(condition, describe) {
  for (const deadline = performance.now() + START_TIMEOUT_MS; performance.now() < deadline; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
  throw new Error(describe());
}

async function startElement(element) {
  document.body.append(element);
  await element.ready;
  await waitForOutput(element);
  return `${element.state} by ${element.backend}`;
}

/** The things to start, by name. Each resolves to a result as text, such as `live by native`. */
const starts = {
  async written() {
    const generator = new TrackGenerator({ kind: 'audio' });
    const accepted = await generator.write(new Float32Array(4800));
    await waitForOutput(generator);
    generator.stop();
    return `${accepted} by ${generator.backend}`;
  },
  pattern() {
    const source = document.createElement('pattern-source');
    return startElement(Object.assign(source, { pattern: 'ball', label: 'A', width: 64, height: 36 }));
  },
  tone: () => startElement(document.createElement('tone-source')),
};

/** The same for what needs other files. */
const otherStarts = {
  waveform() {
    defineWaveform('own-wave', 'own-wave.js');
    return startElement(Object.assign(document.createElement('tone-source'), { waveform: 'own-wave' }));
  },
  /** The code of faults is a part of the worker. */
  async faults() {
    const source = Object.assign(document.createElement('pattern-source'), { width: 64, height: 36 });
    source.append(Object.assign(document.createElement('signal-fault'), { kind: 'black', at: 0, duration: 1 }));
    return startElement(source);
  },
  layers() {
    const generator = Object.assign(document.createElement('track-generator'), { kind: 'video' });
    const pattern = { pattern: 'ball', label: 'A', width: 64, height: 36 };
    generator.append(Object.assign(document.createElement('pattern-source'), pattern));
    return startElement(generator);
  },
  tones() {
    const generator = Object.assign(document.createElement('track-generator'), { kind: 'audio' });
    generator.append(document.createElement('tone-source'), document.createElement('tone-source'));
    return startElement(generator);
  },
  /** The classes, without an element. */
  async processor() {
    const [pattern, tone] = [document.createElement('pattern-source'), document.createElement('tone-source')];
    document.body.append(Object.assign(pattern, { width: 64, height: 36 }), tone);
    const types = [];
    for (const track of [await pattern.ready, await tone.ready]) {
      const processor = new TrackProcessor({ track });
      const { value } = await processor.readable.getReader().read();
      types.push(value.constructor.name);
      value.close();
      processor.close();
    }
    return types.join();
  },
  async probeClass() {
    const source = Object.assign(document.createElement('pattern-source'), { mark: true, width: 320, height: 180 });
    document.body.append(source);
    const probe = new TrackProbe();
    probe.setTrack('video', await source.ready);
    await waitFor(
      async () => (await probe.getReport()).video?.received > 0,
      () => 'nothing was received',
    );
    probe.close();
    return 'marks';
  },
  /** Plays from a server in the page. */
  async player() {
    if (!globalThis.RTCPeerConnection) return 'live';
    const pattern = Object.assign(document.createElement('pattern-source'), { width: 320, height: 180 });
    document.body.append(pattern);
    const track = await pattern.ready;
    const player = document.createElement('whep-player');
    const fetch = (url, request) => answerOffer(url, request, [track]);
    Object.assign(player, { endpoint: 'https://media.example/live', fetch });
    document.body.append(player);
    await waitFor(
      () => player.state === 'failed' || (player.state === 'live' && player.tracks.length > 0),
      () => player.state,
    );
    return player.state;
  },
  /** Its faults are simulated in a part of the worker. */
  async loopback() {
    if (!globalThis.RTCPeerConnection) return 'live';
    const loopback = Object.assign(document.createElement('rtc-loopback'), { loss: 0.01 });
    loopback.append(Object.assign(document.createElement('pattern-source'), { width: 64, height: 36 }));
    document.body.append(loopback);
    await waitFor(
      () => loopback.state === 'failed' || loopback.tracks.length > 0,
      () => loopback.state,
    );
    return loopback.state;
  },
  /** Publishes to a server in the page. In Chromium, pictures for VP8 pass through a part of the worker. */
  async publisher() {
    if (!globalThis.RTCPeerConnection) return 'live';
    const publisher = document.createElement('whip-publisher');
    Object.assign(publisher, { endpoint: 'https://media.example/live', fetch: answerOffer });
    publisher.append(Object.assign(document.createElement('pattern-source'), { width: 1280, height: 720 }));
    const warnings = [];
    publisher.addEventListener('warning', ({ error }) => warnings.push(error.message));
    document.body.append(publisher);
    await waitFor(
      () => /live|failed/.test(publisher.state),
      () => publisher.state,
    );
    return warnings[0] ?? publisher.state;
  },
  async scope() {
    const scope = document.createElement('signal-scope');
    scope.append(Object.assign(document.createElement('pattern-source'), { width: 64, height: 36 }));
    return measured(scope, () => scope.summary);
  },
  /** Pictures of other elements and of devices pass through a part of the worker. */
  async sources() {
    const canvas = Object.assign(document.createElement('canvas'), { id: 'canvas', width: 64, height: 36 });
    const context = canvas.getContext('2d');
    // Some engines deliver nothing of a canvas that stays as it is, and the promise of play() waits for a picture.
    setInterval(() => context.fillRect(0, 0, 9, 9), 50);
    const video = Object.assign(document.createElement('video'), { id: 'video', muted: true });
    video.srcObject = canvas.captureStream();
    document.body.append(canvas, video);
    void video.play();
    const give = async () => canvas.captureStream();
    const native = Symbol.for('track-elements/native-media-devices');
    MediaDevices.prototype[native] = {
      getUserMedia: give,
      getDisplayMedia: give,
    };
    const states = [];
    for (const [tag, from] of [['canvas', 'canvas'], ['element', 'video'], ['camera'], ['screen']]) {
      const source = Object.assign(document.createElement(`${tag}-source`), { ...(from && { from }) });
      document.body.append(source);
      await waitFor(
        () => /live|failed/.test(source.state),
        () => `${tag}-source is ${source.state}`,
      );
      states.push(source.state);
    }
    Reflect.deleteProperty(MediaDevices.prototype, native);
    return states.join();
  },
  /** A worker of its own reads files. */
  file() {
    // A second of silence in 16 bits: the header of a WAVE file, and the samples.
    const file = new DataView(new ArrayBuffer(44 + 96_000));
    for (const [at, text] of [
      [0, 'RIFF'],
      [8, 'WAVE'],
      [12, 'fmt '],
      [36, 'data'],
    ]) {
      for (const [i, character] of [...text].entries()) file.setUint8(at + i, character.charCodeAt(0));
    }
    for (const [at, value] of [
      [4, 96_036],
      [16, 16],
      [24, 48_000],
      [28, 96_000],
      [40, 96_000],
    ])
      file.setUint32(at, value, true);
    for (const [at, value] of [
      [20, 1],
      [22, 1],
      [32, 2],
      [34, 16],
    ])
      file.setUint16(at, value, true);
    return startElement(
      Object.assign(document.createElement('file-source'), { srcObject: new Blob([file]), loop: true }),
    );
  },
  async devices() {
    for (const [name, source] of [
      ['camera', 'pattern'],
      ['microphone', 'tone'],
      ['screen', 'pattern'],
    ]) {
      const device = document.createElement(`virtual-${name}`);
      device.append(document.createElement(`${source}-source`));
      document.body.append(Object.assign(device, { mode: 'replace', label: name }));
    }
    const native = navigator.mediaDevices.getUserMedia;
    await waitFor(
      () => navigator.mediaDevices.getUserMedia !== native,
      () => 'the devices are not installed',
    );
    // All three are connected in the same task.
    const streams = [
      await navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
      await navigator.mediaDevices.getDisplayMedia(),
    ];
    return streams
      .flatMap((stream) => stream.getTracks().map(({ label }) => label))
      .sort()
      .join();
  },
  async meter() {
    const meter = document.createElement('level-meter');
    meter.append(document.createElement('tone-source'));
    return measured(meter, () => meter.levels && `${meter.levels.channels.length} channels`);
  },
  async probe() {
    const probe = document.createElement('track-probe');
    probe.compareEvery = 1;
    const source = Object.assign(document.createElement('pattern-source'), { mark: true, width: 320, height: 180 });
    probe.append(source, Object.assign(document.createElement('tone-source'), { mark: true }));
    return measured(probe, () => probe.report.video?.received > 0 && probe.report.audio?.received > 0 && 'marks');
  },
  async monitor() {
    const monitor = document.createElement('track-monitor');
    monitor.append(Object.assign(document.createElement('pattern-source'), { width: 64, height: 36 }));
    return measured(monitor, () => monitor.shadowRoot.querySelector('[part~=badge-size]')?.textContent);
  },
  async recording() {
    const recorder = Object.assign(document.createElement('track-recorder'), { timeslice: 200 });
    let failure = '';
    recorder.addEventListener('error', ({ message }) => {
      failure = message;
    });
    recorder.append(document.createElement('tone-source'));
    document.body.append(recorder);
    await recorder.start();
    await waitFor(
      // The duration is that of the clock: on a busy machine it grows before anything was delivered.
      () => recorder.state === 'failed' || (recorder.duration > 0.5 && recorder.size > 0),
      () => `${recorder.state}, ${recorder.size} bytes`,
    );
    recorder.stop();
    await waitFor(
      () => /stopped|failed/.test(recorder.state),
      () => recorder.state,
    );
    return failure || `${recorder.state}, ${recorder.blob?.size > 0 ? 'with' : 'without'} a recording`;
  },
};

/** Puts an element into the page. Resolves to its first result, or to its error. */
async function measured(element, result) {
  let failure = '';
  element.addEventListener('error', ({ message }) => {
    failure = message;
  });
  // At the top, where it is in sight.
  document.body.prepend(element);
  await waitFor(
    () => failure || result(),
    () => element.state,
  );
  return failure || result();
}

/** Answers an offer as a WHIP server does, or with tracks as a WHEP server. */
async function answerOffer(_, { method, body }, tracks = []) {
  if (method !== 'POST') return new Response(null, { status: 200 });
  const peer = new RTCPeerConnection();
  for (const track of tracks) peer.addTrack(track);
  await peer.setRemoteDescription({ type: 'offer', sdp: body });
  await peer.setLocalDescription();
  await waitFor(
    () => peer.iceGatheringState === 'complete',
    () => peer.iceGatheringState,
  );
  const headers = { 'content-type': 'application/sdp', location: 'https://media.example/live/1' };
  return new Response(peer.localDescription.sdp, { status: 201, headers });
}

// A function, because a classic script cannot use `await` at its top level.
async function postResults() {
  const results = {};
  const violations = [];
  const tags = new Set();
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
  });
  for (const [name, start] of Object.entries({ ...starts, ...(query.has('all') && otherStarts) })) {
    results[name] = await start().catch((error) => `${error.name}: ${error.message}`);
    for (const { localName } of document.body.querySelectorAll('*')) if (localName.includes('-')) tags.add(localName);
    // Together they would be too much for a slow machine.
    document.body.replaceChildren();
  }
  if (query.has('all')) {
    results.violations = violations.join(', ');
    results.tags = [...tags].sort().join();
  }
  parent.postMessage({ results }, '*');
}

void postResults();
