/** Two connected peer connections in the page, and the counts of the receiver. */
let receiverStats;

/** Sends a moving pattern and a tone of this library from one peer connection to the other. */
export async function connect({ width, height, rate }) {
  await import('/dist/define/all.js');
  const pattern = Object.assign(document.createElement('pattern-source'), {
    pattern: 'ball',
    width,
    height,
    frameRate: rate,
  });
  const tone = Object.assign(document.createElement('tone-source'), { frequency: 1000, level: -18 });
  document.body.append(pattern, tone);
  const tracks = await Promise.all([pattern.ready, tone.ready]);
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  sender.onicecandidate = ({ candidate }) => receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => sender.addIceCandidate(candidate);
  const stream = new MediaStream();
  receiver.ontrack = ({ track }) => stream.addTrack(track);
  for (const track of tracks) sender.addTrack(track, new MediaStream([track]));
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription);
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription);
  // Chromium decodes received audio only while an element plays it.
  const video = Object.assign(document.createElement('video'), {
    autoplay: true,
    playsInline: true,
    srcObject: stream,
  });
  document.body.append(video);
  await video.play();
  receiverStats = () => receiver.getStats();
}

/** Frames decoded and samples concealed so far, with the time of the counts in milliseconds. */
export async function receiverCounts() {
  const reports = [...(await receiverStats()).values()].filter(({ type }) => type === 'inbound-rtp');
  const [video, audio] = ['video', 'audio'].map((kind) => reports.find((report) => report.kind === kind));
  return {
    frames: video.framesDecoded,
    concealed: audio.concealedSamples,
    samples: audio.totalSamplesReceived,
    time: video.timestamp,
    visibility: document.visibilityState,
  };
}
