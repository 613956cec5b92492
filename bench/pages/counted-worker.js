/** The engine's worker with a ledger, which it sends to who asks. */
import { ledger } from './ledger.js';

const channel = new BroadcastChannel('ledger');
channel.onmessage = ({ data }) => data === 'ask' && channel.postMessage(ledger());
await import('/dist/engine/worker/engine-worker.js');
