/** Cameras behind the page's own `getUserMedia()`: a virtual one of this library, or the one that Chromium simulates. */

let devices;

/** Makes the page ready for requests. Of the virtual camera the code is loaded, and it is installed. */
export async function installCamera(source, picture) {
  if (source !== 'virtual camera' || devices) return;
  const { VirtualDevices } = await import('/dist/devices/virtual-devices.js');
  devices = new VirtualDevices({ mode: 'replace' });
  await devices.addCamera().show({ pattern: picture });
  devices.install();
}

export const openCamera = ({ width, height, rate }) =>
  navigator.mediaDevices.getUserMedia({
    video: { width: { exact: width }, height: { exact: height }, frameRate: { exact: rate } },
  });

/** Milliseconds until a request is answered. The track is stopped then. */
export async function timeRequest(format) {
  const start = performance.now();
  const stream = await openCamera(format);
  const time = performance.now() - start;
  for (const track of stream.getTracks()) track.stop();
  return time;
}
