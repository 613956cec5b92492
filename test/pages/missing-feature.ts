/* Takes away the feature that the query names, loads the library, and tells the page around it how each element fares. */

/** The script that takes a feature away, in pages and workers. */
const removals: Readonly<Record<string, string>> = {
  AudioWorklet: 'delete globalThis.AudioWorkletNode; delete globalThis.BaseAudioContext?.prototype.audioWorklet;',
  'module workers': '',
  'transferable streams': `
    const refuse = (original) => function (value, second) {
      const transfer = Array.isArray(second) ? second : (second?.transfer ?? []);
      if (transfer.some((each) => /Stream$/.test(each?.constructor?.name))) {
        throw new DOMException('Value at index 0 does not have a transferable type.', 'DataCloneError');
      }
      return Reflect.apply(original, this, arguments);
    };
    globalThis.structuredClone = refuse(structuredClone);
    MessagePort.prototype.postMessage = refuse(MessagePort.prototype.postMessage);
    if (globalThis.Worker) Worker.prototype.postMessage = refuse(Worker.prototype.postMessage);`,
  'Promise.withResolvers': 'delete Promise.withResolvers;',
  requestVideoFrameCallback:
    'if (globalThis.HTMLVideoElement) delete HTMLVideoElement.prototype.requestVideoFrameCallback;',
  'AbortSignal.any and observers of the layout':
    'delete AbortSignal.any; delete globalThis.IntersectionObserver; delete globalThis.ResizeObserver;',
};

const feature = new URLSearchParams(location.search).get('without') ?? '';
const removal = removals[feature] ?? `delete globalThis.${feature};`;
document.head.append(Object.assign(document.createElement('script'), { textContent: removal }));

/** A worker without the feature. Where there are no module workers, browsers start a classic one. */
class CrippledWorker extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    const script = `${removal} import(${JSON.stringify(new URL(url, location.href).href)});`;
    const type = feature === 'module workers' ? 'classic' : options?.type;
    super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { ...options, ...(type && { type }) });
  }
}
globalThis.Worker = CrippledWorker;

/** Errors that no element has reported. */
const faults: string[] = [];
addEventListener('error', ({ message }) => faults.push(message));
addEventListener('unhandledrejection', ({ reason }) => faults.push(`unhandled rejection: ${reason}`));

await import('track-elements/define/all');
const { TrackProcessor } = await import('track-elements/processor');

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The errors of the element that is tried. With the first one its result is clear. */
let errors: string[] = [];

/** Resolves to `false` after an error of the element, or when a slow machine must have been done as well. */
async function until(probe: () => unknown): Promise<boolean> {
  const deadline = performance.now() + 25_000;
  while (performance.now() < deadline && errors.length === 0) {
    if (await probe()) return true;
    await sleep(20);
  }
  return false;
}

type TestedElement = HTMLElement & { readonly state: string };

/** Puts an element in, and resolves to "works" or to its errors. */
async function tried(markup: string, works: (element: TestedElement) => Promise<boolean>): Promise<string> {
  const holder = document.createElement('div');
  document.body.append(holder);
  errors = [];
  const note = (event: Event) => {
    event.preventDefault();
    errors.push((event as ErrorEvent).message);
  };
  const template = document.createElement('template');
  template.innerHTML = markup;
  const content = document.importNode(template.content, true);
  const element = content.firstElementChild as TestedElement;
  for (const each of [element, ...element.querySelectorAll('*')]) each.addEventListener('error', note);
  holder.append(content);
  const isWorking = await works(element).catch((error: Error) => {
    if (!errors.includes(error.message)) errors.push(error.message);
    return false;
  });
  // The same fault would come again with the next frames.
  if (errors.length > 0) await sleep(200);
  const { state } = element;
  holder.remove();
  if (isWorking && errors.length === 0) return 'works';
  return errors.length > 0 ? `${state}: ${errors.join(' | ')}` : `${state}, without an error`;
}

/** Whether a stream shows red and sends pictures. */
async function showsRed(stream: MediaStream | null): Promise<boolean> {
  const video = document.createElement('video');
  Object.assign(video, { muted: true, playsInline: true, autoplay: true, srcObject: stream, width: 64 });
  document.body.append(video);
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const isRed = await until(() => {
    if (!video.videoWidth) return false;
    context?.drawImage(video, 0, 0, 1, 1);
    const [red = 0, green = 255, blue = 255] = context?.getImageData(0, 0, 1, 1).data ?? [];
    return red > 220 && green < 40 && blue < 40;
  });
  video.srcObject = null;
  video.remove();
  return isRed;
}

const red = '<pattern-source pattern="solid" color="red" width="64" height="48"></pattern-source>';

/** Waits for a state, or fails with the state that lasts. */
const reaches = (element: TestedElement, ...states: string[]) => until(() => states.includes(element.state));

type Generator = HTMLElementTagNameMap['track-generator'];

async function writesRed(element: TestedElement, make: () => Promise<Parameters<Generator['write']>[0]>) {
  const generator = element as Generator;
  await generator.ready;
  const canSee = showsRed(generator.stream);
  const isTaken = await until(async () => (await generator.write(await make())) === true);
  return isTaken && (await canSee);
}

function redCanvas(): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = 'red';
  context.fillRect(0, 0, 64, 48);
  return canvas;
}

/** Red in BT.601: 81, 90, 240. */
const redPicture = () => ({
  width: 64,
  height: 48,
  y: new Uint8Array(64 * 48).fill(81),
  u: new Uint8Array(32 * 24).fill(90),
  v: new Uint8Array(32 * 24).fill(240),
  colorSpace: 'bt601' as const,
});

const video = '<track-generator kind="video"></track-generator>';

const results: Record<string, string> = {
  pattern: await tried(red, async (element) => {
    const source = element as HTMLElementTagNameMap['pattern-source'];
    return (await reaches(source, 'live')) && showsRed(source.stream);
  }),
  tone: await tried('<tone-source></tone-source>', (element) => reaches(element, 'live', 'suspended')),
  canvas: await tried(video, (element) => writesRed(element, async () => redCanvas())),
  picture: await tried(video, (element) => writesRed(element, async () => redPicture())),
  samples: await tried('<track-generator kind="audio"></track-generator>', async (element) => {
    const generator = element as Generator;
    await generator.ready;
    return until(() => generator.write(new Float32Array(480)));
  }),
};
if (!(feature === 'VideoFrame' && navigator.vendor?.startsWith('Apple'))) {
  results['picture after layers'] = await tried(
    '<track-generator kind="video" width="64" height="48"><pattern-source color="blue" pattern="solid" width="64" height="48"></pattern-source></track-generator>',
    async (element) => {
      const generator = element as Generator;
      if (!(await until(async () => (await generator.getStats()).produced > 0))) return false;
      element.replaceChildren();
      return writesRed(element, async () => redCanvas());
    },
  );
}
if ('RTCPeerConnection' in globalThis) {
  results.loopback = await tried(`<rtc-loopback delay="20">${red}</rtc-loopback>`, async (element) =>
    showsRed((element as HTMLElementTagNameMap['rtc-loopback']).stream),
  );
}
if ('VideoEncoder' in globalThis || 'MediaRecorder' in globalThis) {
  results.recorder = await tried(`<track-recorder timeslice="200">${red}</track-recorder>`, async (element) => {
    const recorder = element as HTMLElementTagNameMap['track-recorder'];
    await recorder.start();
    await until(() => recorder.duration > 0.3 && recorder.size > 0);
    recorder.stop();
    return until(() => (recorder.blob?.size ?? 0) > 100);
  });
}

type Probe = HTMLElementTagNameMap['track-probe'];

// All of it takes longer in WebKitGTK, on a slow machine, than the test runner waits for a file.
if (!navigator.vendor?.startsWith('Apple')) {
  const tone = '<tone-source></tone-source>';

  const marked = red.replace('width="64" height="48"', 'mark width="320" height="180"');
  results.probe = await tried(`<track-probe>${marked}<tone-source mark></tone-source></track-probe>`, (element) =>
    until(() => {
      const { video: pictures, audio } = (element as Probe).report;
      return (pictures?.received ?? 0) > 0 && (audio?.received ?? 0) > 0;
    }),
  );
  results.scope = await tried(`<signal-scope>${red}</signal-scope>`, (element) =>
    until(() => /^Luma from/.test((element as HTMLElementTagNameMap['signal-scope']).summary)),
  );
  results['scope of audio'] = await tried(`<signal-scope view="oscilloscope">${tone}</signal-scope>`, (element) =>
    until(() => (element as HTMLElementTagNameMap['signal-scope']).summary !== ''),
  );
  results.meter = await tried(`<level-meter>${tone}</level-meter>`, (element) =>
    until(() => (element as HTMLElementTagNameMap['level-meter']).levels?.channels.length === 2),
  );
  results.monitor = await tried(`<track-monitor>${red}</track-monitor>`, (element) =>
    until(() => element.shadowRoot?.querySelector('[part~=badge-size]')?.textContent === '64×48'),
  );
  const faulty = red.replace('><', '><signal-fault kind="freeze" duration="0.1" every="0.2"></signal-fault><');
  results.fault = await tried(faulty, async (element) => {
    const source = element as HTMLElementTagNameMap['pattern-source'];
    return (await reaches(source, 'live')) && showsRed(source.stream);
  });
  const canvas = redCanvas();
  canvas.id = 'drawing';
  const film = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true });
  film.id = 'film';
  const painting = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 64, 48), 50);
  film.srcObject = canvas.captureStream();
  document.body.append(canvas, film);
  // In place of a camera, of which a machine for tests has none.
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();
  for (const tag of ['canvas-source', 'element-source', 'camera-source'] as const) {
    const from = { 'canvas-source': 'drawing', 'element-source': 'film', 'camera-source': '' }[tag];
    results[tag] = await tried(`<${tag} ${from && `from="${from}"`}></${tag}>`, async (element) => {
      const source = element as HTMLElementTagNameMap[typeof tag];
      return (await reaches(source, 'live')) && showsRed(source.stream);
    });
  }
  clearInterval(painting);
  Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  for (const [tag, inside, kind, size] of [
    ['virtual-camera', red, 'video', 'width=64 height=48'],
    ['virtual-microphone', tone, 'audio', ''],
  ] as const) {
    results[tag] = await tried(`<${tag} mode="replace" ${size}>${inside}</${tag}>`, async (element) => {
      await (element as HTMLElementTagNameMap[typeof tag]).updateComplete;
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
      const isLive = kind === 'audio' ? stream.getTracks()[0]?.readyState === 'live' : await showsRed(stream);
      for (const track of stream.getTracks()) track.stop();
      return isLive;
    });
  }
  for (const [kind, markup] of Object.entries({ video: red, audio: tone })) {
    results[`processor of ${kind}`] = await tried(markup, async (element) => {
      const track = await (element as HTMLElementTagNameMap['pattern-source' | 'tone-source']).ready;
      const processor = new TrackProcessor({ track });
      const reader = processor.readable.getReader();
      const { value } = await reader.read();
      value?.close();
      processor.close();
      return value !== undefined;
    });
  }
}

parent.postMessage({ type: 'missing-feature', feature, results, faults }, '*');
