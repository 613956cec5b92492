/**
 * Counts what is left open. It wraps whatever makes a frame, sound data or a bitmap, before the library is loaded, and
 * keeps each: one that was neither closed nor given away still has its picture. Loaded in the page and in the worker.
 */
const kept = { VideoFrame: new Set(), AudioData: new Set(), ImageBitmap: new Set() };

/** Closing and giving away both take the format, or the size, from the object. */
const isOpen = {
  VideoFrame: (frame) => frame.codedWidth !== 0,
  AudioData: (data) => data.numberOfFrames !== 0,
  ImageBitmap: (bitmap) => bitmap.width !== 0,
};

function keep(value) {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  kept[name]?.add(value);
  return value;
}

for (const name of ['VideoFrame', 'AudioData']) {
  const native = globalThis[name];
  if (!native) continue;
  globalThis[name] = new Proxy(native, {
    construct: (target, args, made) => keep(Reflect.construct(target, args, made)),
  });
  const { clone } = native.prototype;
  native.prototype.clone = function () {
    return keep(clone.call(this));
  };
}

const { createImageBitmap } = globalThis;
globalThis.createImageBitmap = async (...args) => keep(await createImageBitmap(...args));

// What comes from another thread is made by the browser.
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
Object.defineProperty(MessageEvent.prototype, 'data', {
  ...data,
  get() {
    const value = data.get.call(this);
    if (value && typeof value === 'object') Object.values(value).forEach(keep);
    return value;
  },
});

/** How many of each kind were made, and how many of them are open. */
export function ledger() {
  return Object.fromEntries(
    Object.entries(kept).map(([name, values]) => [
      name,
      { made: values.size, open: [...values].filter(isOpen[name]).length },
    ]),
  );
}
