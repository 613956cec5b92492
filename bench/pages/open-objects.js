/**
 * Counts frames, audio data and bitmaps that stay open, in a page or in a worker. It wraps the functions that make such
 * objects, so it has to be loaded before the library. It keeps every object: one that was neither closed nor transferred
 * still has its data.
 */
const madeObjects = { VideoFrame: new Set(), AudioData: new Set(), ImageBitmap: new Set() };

/** After close() and after a transfer an object has no size. */
const isOpen = {
  VideoFrame: (frame) => frame.codedWidth !== 0,
  AudioData: (data) => data.numberOfFrames !== 0,
  ImageBitmap: (bitmap) => bitmap.width !== 0,
};

function remember(value) {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  madeObjects[name]?.add(value);
  return value;
}

for (const name of ['VideoFrame', 'AudioData']) {
  const native = globalThis[name];
  if (!native) continue;
  globalThis[name] = new Proxy(native, {
    construct: (target, args, newTarget) => remember(Reflect.construct(target, args, newTarget)),
  });
  const { clone } = native.prototype;
  native.prototype.clone = function () {
    return remember(clone.call(this));
  };
}

const { createImageBitmap } = globalThis;
globalThis.createImageBitmap = async (...args) => remember(await createImageBitmap(...args));

// Objects from another thread are made by the browser, not by a constructor: they are found in messages.
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
Object.defineProperty(MessageEvent.prototype, 'data', {
  ...data,
  get() {
    const value = data.get.call(this);
    if (value && typeof value === 'object') Object.values(value).forEach(remember);
    return value;
  },
});

/** For each class, how many objects were made and how many of them are open. */
export function countOpenObjects() {
  return Object.fromEntries(
    Object.entries(madeObjects).map(([name, values]) => [
      name,
      { made: values.size, open: [...values].filter(isOpen[name]).length },
    ]),
  );
}
