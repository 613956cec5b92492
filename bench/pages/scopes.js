/** A pattern and a tone that play, and a scope that shows them. */

let sources = [];

/** Plays a moving pattern and a tone. Resolves when the video has presented a frame. */
export async function playSources() {
  await Promise.all(['pattern-source', 'tone-source', 'signal-scope'].map((tag) => import(`/dist/define/${tag}.js`)));
  const video = Object.assign(document.createElement('video'), { id: 'screen', autoplay: true, muted: true });
  video.style.width = '320px';
  document.body.append(video);
  const pattern = Object.assign(document.createElement('pattern-source'), { pattern: 'ball', htmlFor: 'screen' });
  const tone = Object.assign(document.createElement('tone-source'), { htmlFor: 'screen' });
  sources = [pattern, tone];
  document.body.append(...sources);
  await Promise.all(sources.map(({ ready }) => ready));
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}

/** Shows both tracks on a scope of 640 pixels in width. Resolves when it has a reading. */
export async function showScope(view) {
  const scope = Object.assign(document.createElement('signal-scope'), { view });
  scope.style.width = '640px';
  document.body.append(scope);
  scope.srcObject = new MediaStream(sources.map(({ track }) => track));
  while (!scope.summary) await new Promise((resolve) => setTimeout(resolve, 50));
}
