/* Starts the worker of a probe by each of two copies of the library, and tells the page around it how they fare. */
import { TrackProbe } from 'track-elements/measure';

declare const TrackElements: typeof import('track-elements');

TrackElements.configure({ baseUrl: '/dist/workers/' });

const canvas = document.createElement('canvas');
canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];

const results: string[] = [];
for (const Probe of [TrackProbe, TrackElements.TrackProbe]) {
  const probe = new Probe();
  const failed = new Promise<string>((resolve) => probe.addEventListener('error', ({ message }) => resolve(message)));
  const worked = new Promise<string>((resolve) => probe.addEventListener('report', () => resolve('works')));
  probe.setTrack('video', track);
  results.push(await Promise.race([failed, worked]));
  probe.close();
}
parent.postMessage({ type: 'two-copies', results }, '*');
