/**
 * Cameras behind the page's own `getUserMedia()`: a virtual one of this library, the one that Chromium simulates, or one of the npm package
 * `@eatsjobs/media-mock`, which draws on a canvas by a timer of the page.
 */
import { drawings } from './drawings.js';

let devices;

/** Makes the page ready for requests. Of the virtual camera the code is loaded, and it is installed. */
export async function installCamera(source, picture, format) {
  if (source === 'mocked camera') await mockCamera(picture, format);
  if (source !== 'virtual camera' || devices) return;
  const { VirtualDevices } = await import('/dist/devices/virtual-devices.js');
  devices = new VirtualDevices({ mode: 'replace' });
  await devices.addCamera().show({ pattern: picture });
  devices.install();
}

let isMocked = false;

async function mockCamera(picture, format) {
  if (isMocked) return;
  isMocked = true;
  const { createMediaMock, devices } = await import('/node_modules/@eatsjobs/media-mock/dist/main.js');
  const mock = createMediaMock();
  mock.mock(devices['Mac Desktop']);
  let n = 0;
  await mock.setSource({
    size: format,
    drawInto: (context, width, height) => drawings[picture](context, n++, { ...format, width, height }),
  });
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
