/** A marked pattern and tone, and a probe of their tracks: of the page's own, or of those that a peer connection receives. */

const SIZE = { width: 1280, height: 720 };
/** The bit rate has risen and the jitter buffer is filled by then. */
const SETTLE_MS = 5000;

let sources = [];
let probe = null;

/** Plays the marked sources. Resolves when both have a track. */
export async function playSources() {
  await Promise.all(['pattern-source', 'tone-source'].map((tag) => import(`/dist/define/${tag}.js`)));
  const pattern = Object.assign(document.createElement('pattern-source'), { pattern: 'smpte-hd', ...SIZE, mark: true });
  const tone = Object.assign(document.createElement('tone-source'), { mark: true });
  sources = [pattern, tone];
  document.body.append(...sources);
  await Promise.all(sources.map(({ ready }) => ready));
}

/** Measures the pictures of the page's own track, and compares one each second. Resolves when the first ones have come. */
export async function probePictures() {
  await openProbe(sources[0].track);
  while (!probe.toJSON().video?.psnr) await sleep(50);
}

/** The pictures that have come since the last call, or since the probe was opened. */
export async function takeReceived() {
  const { video } = await probe.getReport();
  probe.reset();
  return { received: video.received, psnr: video.psnr };
}

/** Sends both tracks through a peer connection, and measures what arrives for some seconds. */
export async function measureLoopback(seconds) {
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  sender.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && sender.addIceCandidate(candidate);
  try {
    const stream = new MediaStream(sources.map(({ track }) => track));
    for (const track of stream.getTracks()) sender.addTrack(track, stream);
    await sender.setLocalDescription();
    await receiver.setRemoteDescription(sender.localDescription);
    await receiver.setLocalDescription();
    await sender.setRemoteDescription(receiver.localDescription);
    await openProbe(...receiver.getReceivers().map(({ track }) => track));
    probe.peerConnections = [sender, receiver];
    await sleep(SETTLE_MS);
    const before = await freezesOf(receiver);
    probe.reset();
    await sleep(seconds * 1000);
    const { video, audio, offset, stages, unsupported } = await probe.getReport();
    const after = await freezesOf(receiver);
    return { video, audio, offset, stages, unsupported, freezes: after === null ? null : after - before };
  } finally {
    probe?.close();
    sender.close();
    receiver.close();
  }
}

async function openProbe(...tracks) {
  const { TrackProbe } = await import('/dist/measure/page/track-probe.js');
  const { pattern } = sources[0];
  const reference = { pattern: { pattern, ...SIZE, frameRate: { numerator: 30, denominator: 1 } } };
  probe = new TrackProbe({ clock: 0, reference });
  for (const track of tracks) probe.setTrack(track.kind, track);
}

/** `freezeCount` of the received pictures; `null` in a browser that does not count them. */
async function freezesOf(connection) {
  const stats = [...(await connection.getStats()).values()];
  return stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')?.freezeCount ?? null;
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
