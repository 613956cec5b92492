/* A page of an opaque origin, as in a sandbox: its workers start as well. */
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';

const page = `<!doctype html>
<html lang="en"><head><title>A sandbox</title><script src="${location.origin}/dist/cdn/track-elements.js"></script></head>
<body><pattern-source pattern="ball" label="A" width="64" height="36"></pattern-source>
<track-probe><pattern-source mark width="320" height="180"></pattern-source></track-probe>
<script>
const [source, probe] = document.querySelectorAll('body > *');
const seen = new Promise((resolve) => probe.addEventListener('report', ({ report }) => report.video?.received > 0 && resolve()));
const failed = new Promise((resolve, reject) => {
  for (const element of [source, probe]) element.addEventListener('error', ({ message }) => reject(new Error(message)));
});
Promise.race([Promise.all([source.ready, seen]), failed]).then(
  () => parent.postMessage({ type: 'opaque-origin', result: origin + ' ' + source.state }, '*'),
  ({ message }) => parent.postMessage({ type: 'opaque-origin', result: message }, '*'),
);
</script></body></html>`;

describe('A page of an opaque origin', () => {
  it('plays a pattern and reads its marks', async () => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { srcdoc: page, allow: 'autoplay', width: 640, height: 360 });
    frame.setAttribute('sandbox', 'allow-scripts');
    const result = new Promise((resolve) => {
      const receive = ({ data }: MessageEvent) => {
        if (data?.type === 'opaque-origin') resolve(data.result);
      };
      addEventListener('message', receive);
      onCleanup(() => removeEventListener('message', receive));
    });
    document.body.append(frame);
    onCleanup(() => frame.remove());
    assert.equal(await result, 'null live');
  });
});
