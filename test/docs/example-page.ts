/** Runs an example as a page, in a frame: the example as it stands, and around it the things that docs/README.md names. */
import { WhipClient } from 'track-elements/rtc/whip-client';
import { type ExamplePage, type Fence, filePath } from './examples.js';

/** The `exports` of package.json. */
export type Exports = Readonly<Record<string, string>>;

export interface Surroundings {
  readonly exports: Exports;
  /** The origin of a media server, in place of the addresses that examples have. */
  readonly mediaServer: string;
  /** Blocks that the example's page serves as files. */
  readonly files: readonly Fence[];
}

/** Shared by the script of the page and the frame. */
interface ExampleWindow extends Window {
  readonly exampleErrors: string[];
  readonly exampleScripts: { started: number; finished: number };
}

const PATIENCE_MS = 15_000;

/** Runs a page until all it promises has come true. @throws {Error} that says what has not. */
export async function runExample(example: ExamplePage, surroundings: Surroundings): Promise<void> {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { width: '160px', height: '120px' });
  const path = `live-${crypto.randomUUID()}`;
  const { source, urls } = pageOf(example, surroundings, path);
  const publisher =
    /\/whep"/.test(source) && !source.includes('/whip"') ? publish(`${surroundings.mediaServer}/${path}/whip`) : null;
  frame.srcdoc = source;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  try {
    await loaded;
    await comesTrue(frame.contentWindow as ExampleWindow);
  } finally {
    frame.remove();
    void publisher?.stop();
    for (const url of urls) URL.revokeObjectURL(url);
  }
}

/** Publishes something for a page that only plays. */
function publish(endpoint: string): WhipClient {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const [track] = canvas.captureStream(30).getVideoTracks();
  const timer = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 1 + Math.random(), 1), 40);
  const client = new WhipClient({ endpoint });
  if (track) client.start([track]).catch(() => {});
  client.addEventListener('statechange', () => client.state === 'stopped' && clearInterval(timer));
  return client;
}

async function comesTrue(page: ExampleWindow): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    if (page.exampleErrors.length > 0) throw new Error(page.exampleErrors.join('\n'));
    const missing = missingIn(page);
    if (missing === null) return;
    if (performance.now() > deadline) throw new Error(`After ${PATIENCE_MS / 1000} s: ${missing}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first thing that has not come true yet, in words. */
function missingIn({ document, exampleScripts: { started, finished } }: ExampleWindow): string | null {
  if (finished < started) return `${started - finished} of ${started} scripts and checks have not finished`;
  const elements = [...document.querySelectorAll<HTMLElement & { state?: string; manual?: boolean }>('*')];
  for (const element of elements.filter(({ localName }) => localName.includes('-'))) {
    // A fault has no state of its own.
    const isCommanded = element.manual || /^(track-recorder|signal-fault)$/.test(element.localName);
    const isRunning = element.state === 'live' || element.state === 'measuring';
    if (!isCommanded && !isRunning) return `<${element.localName}> is ${element.state}`;
  }
  for (const media of document.querySelectorAll<HTMLMediaElement>('video, audio')) {
    const isSink = elements.some((element) => element.getAttribute('for') === media.id);
    if (isSink && !isPlaying(media)) return `<${media.localName} id="${media.id}"> plays nothing`;
  }
  return null;
}

function isPlaying(media: HTMLMediaElement): boolean {
  const isVideo = media.localName === 'video';
  if (isVideo) return (media as HTMLVideoElement).videoWidth > 0 && media.readyState >= 2;
  const stream = media.srcObject as MediaStream | null;
  return Boolean(stream?.getAudioTracks().some(({ readyState }) => readyState === 'live'));
}

/** The text of the page, and the object URLs that it uses. */
function pageOf({ html, scripts }: ExamplePage, { exports, mediaServer, files }: Surroundings, path: string) {
  const urls: string[] = [];
  const served = new Map(
    files.map((file) => {
      const url = URL.createObjectURL(new Blob([file.code], { type: 'text/javascript' }));
      urls.push(url);
      return [filePath(file) ?? '', url];
    }),
  );
  /** Puts the addresses of this test's server in place of those of a reader's. */
  const addressed = (code: string): string => {
    let text = code.replaceAll('/node_modules/track-elements/', '/');
    text = text.replaceAll('/assets/track-elements/', '/dist/workers/');
    text = text.replaceAll('https://cdn.jsdelivr.net/npm/track-elements', '/dist/cdn/track-elements.js');
    for (const [path, url] of served) text = text.replaceAll(path, url);
    return text;
  };
  const markup = addressed(html?.code ?? '');
  const code = [markup, ...scripts.map((script) => script.code)].join('\n');
  const isRegistered = !/<[a-z]+-[a-z]/.test(markup) || code.includes('track-elements/define/');
  const source = `<!doctype html>
<script>(${surround})(${JSON.stringify(`${mediaServer}/${path}/`)})</script>
${markup.includes('"importmap"') ? '' : `<script type="importmap">${JSON.stringify(importMap(exports))}</script>`}
${isRegistered ? '' : moduleScript("import 'track-elements/define/all';")}
${/id="screen"/.test(markup) ? '' : '<video id="screen" autoplay muted playsinline></video>'}
${markup.replaceAll(/(<script type="module">)([\s\S]*?)<\/script>/g, (_, __, body) => moduleScript(body))}
${html?.check ? moduleScript('', html.check) : ''}
${scripts.map((script) => moduleScript(addressed(script.code), script.check)).join('\n')}`;
  return { source, urls };
}

/** A script that counts itself as finished, when it has run to its end and its check has come true. */
const moduleScript = (code: string, check: string | null = null): string => `<script>exampleScripts.started++</script>
<script type="module">${code}
;${check ? `await exampleCheck(async () => (${check}), ${JSON.stringify(check)});` : ''}
await exampleTests();
exampleScripts.finished++;
</script>`;

function importMap(exports: Exports) {
  const imports: Record<string, string> = {};
  for (const [name, file] of Object.entries(exports)) {
    const specifier = name.replace('.', 'track-elements');
    // A pattern with an ending is no prefix that an import map knows: the elements' names stand for it.
    if (!name.includes('*')) imports[specifier] = file.slice(1);
    else for (const each of names) imports[specifier.replace('*', each)] = file.slice(1).replace('*', each);
  }
  return { imports };
}

const names = [
  ...['all', 'pattern-source', 'tone-source', 'track-generator', 'rtc-loopback', 'whip-publisher', 'whep-player'],
  ...['track-recorder', 'level-meter', 'whip-client', 'whep-client'],
];

/** The frame's first script, as text: it names the things of a reader's page. */
function surround(channel: string): void {
  const page = globalThis as unknown as Record<string, unknown> & Window & typeof globalThis;
  const errors: string[] = [];
  const tests: Promise<unknown>[] = [];

  // Events of elements do not bubble, but they are captured.
  addEventListener(
    'error',
    (event) => {
      const { target, message, error } = event as ErrorEvent;
      const name = target instanceof Element ? `<${target.localName}>` : 'script';
      errors.push(`${name}: ${error?.stack ?? message ?? 'did not load'}`);
    },
    { capture: true },
  );
  addEventListener('unhandledrejection', ({ reason }) => errors.push(`rejected: ${reason?.stack ?? reason}`));

  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 320, height: 180 });
  canvas.getContext('2d')?.fillRect(0, 0, 160, 90);
  const originalFetch = fetch;
  Object.assign(page, {
    exampleErrors: errors,
    exampleScripts: { started: 0, finished: 0 },
    exampleTests: () => Promise.all(tests),
    async exampleCheck(holds: () => Promise<unknown>) {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    it: (_: string, body: () => Promise<unknown>) => tests.push(body()),
    canvas,
    peer: new RTCPeerConnection(),
    videoTrack: canvas.captureStream(30).getVideoTracks()[0],
    audioTrack: new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0],
    token: 'a-token',
    fetchToken: async () => 'a-token',
    fetch: (input: RequestInfo | URL, init?: RequestInit) =>
      originalFetch(String(input).replace(/^https?:\/\/(127\.0\.0\.1:8189|example\.com)\/live\//, channel), init),
  });
}
