/** The engine's worker, which also counts its open objects and posts the counts on request. */
import { countOpenObjects } from './open-objects.js';

const channel = new BroadcastChannel('open-objects');
channel.onmessage = ({ data }) => data === 'count' && channel.postMessage(countOpenObjects());
await import('/dist/workers/track-elements-engine-worker.js');
