/*
 * Libraries that ask for cameras and microphones, as a page uses them. They know nothing of virtual devices. Each function shows
 * what the library has got in #local, and what arrives at another end in #remote.
 */
import { Html5Qrcode } from 'html5-qrcode';
import { createLocalAudioTrack, createLocalVideoTrack, Room } from 'livekit-client';
import { Device } from 'mediasoup-client';
import { createRoot } from 'react-dom/client';
import Webcam from 'react-webcam';
import RecordRTC from 'recordrtc';
import SimplePeer from 'simple-peer/simplepeer.min.js';

const byId = (id) => document.getElementById(id);
const show = (id, stream) => {
  byId(id).srcObject = stream;
};
const labelsOf = (stream) =>
  stream
    .getTracks()
    .map(({ label }) => label)
    .sort();

/** Sends tracks to another end in this page. */
async function send(tracks) {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = ({ candidate }) => far.addIceCandidate(candidate);
  far.onicecandidate = ({ candidate }) => near.addIceCandidate(candidate);
  const received = new MediaStream();
  far.ontrack = ({ track }) => received.addTrack(track);
  for (const track of tracks) near.addTrack(track);
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
  show('remote', received);
}

const isGathered = (peer) =>
  new Promise((resolve) => {
    const check = () => peer.iceGatheringState === 'complete' && resolve();
    peer.addEventListener('icegatheringstatechange', check);
    check();
  });

/**
 * A server of mediasoup that receives one track of video, as far as a client sees it: a peer connection, and what the server would tell of
 * its transport.
 */
async function openServer() {
  const peer = new RTCPeerConnection();
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.ontrack = ({ track }) => show('remote', new MediaStream([track]));
  const iceCandidates = [];
  peer.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate || candidate.protocol !== 'udp') return;
    const { foundation, priority, address, port, type } = candidate;
    iceCandidates.push({ foundation, priority, address, ip: address, port, type, protocol: 'udp' });
  };
  await peer.setLocalDescription();
  await isGathered(peer);
  const lineOf = (name) => new RegExp(`a=${name}:(.*)`).exec(peer.localDescription.sdp)[1].trim();
  const [algorithm, value] = lineOf('fingerprint').split(' ');
  return {
    peer,
    transport: {
      id: 'transport',
      iceParameters: { usernameFragment: lineOf('ice-ufrag'), password: lineOf('ice-pwd') },
      iceCandidates,
      dtlsParameters: { role: 'auto', fingerprints: [{ algorithm, value }] },
    },
  };
}

globalThis.libraries = {
  async livekit() {
    const listed = await Room.getLocalDevices('videoinput', true);
    const [front, back] = listed;
    const video = await createLocalVideoTrack({
      deviceId: { exact: back.deviceId },
      resolution: { width: 640, height: 360 },
    });
    const audio = await createLocalAudioTrack();
    video.attach(byId('local'));
    const first = video.mediaStreamTrack.label;
    await video.setDeviceId({ exact: front.deviceId });
    const labels = [first, video.mediaStreamTrack.label, audio.mediaStreamTrack.label];
    await send([video.mediaStreamTrack, audio.mediaStreamTrack]);
    return { listed: listed.map(({ label }) => label), labels, deviceId: await video.getDeviceId() };
  },

  async 'simple-peer'() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 }, audio: true });
    const [near, far] = [new SimplePeer({ initiator: true, stream }), new SimplePeer()];
    near.on('signal', (data) => far.signal(data));
    far.on('signal', (data) => near.signal(data));
    await new Promise((resolve, reject) => {
      far.on('stream', (received) => resolve(show('remote', received)));
      near.on('error', reject);
      far.on('error', reject);
    });
    return labelsOf(stream);
  },

  /** The library sends to a peer connection in the place of its server, which the page's script tells of the library's own. */
  async mediasoup() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
    const device = await Device.factory();
    const vp8 = { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: 101, rtcpFeedback: [] };
    await device.load({ routerRtpCapabilities: { codecs: [vp8], headerExtensions: [] } });
    const server = await openServer();
    const Native = RTCPeerConnection;
    let client;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(...init) {
        super(...init);
        client = this;
      }
    };
    const transport = device.createSendTransport(server.transport);
    globalThis.RTCPeerConnection = Native;
    transport.on('connect', (_, done) => done());
    transport.on('produce', (_, done) => done({ id: 'producer' }));
    const producer = await transport.produce({ track: stream.getVideoTracks()[0], stopTracks: false });
    await isGathered(client);
    const sdp = client.localDescription.sdp.replaceAll('a=setup:actpass', 'a=setup:active');
    await server.peer.setRemoteDescription({ type: 'answer', sdp });
    return {
      kind: producer.kind,
      label: producer.track.label,
      codec: producer.rtpParameters.codecs[0].mimeType,
    };
  },

  async 'react-webcam'() {
    const root = createRoot(byId('root'));
    const constraints = { width: 640, height: 360, facingMode: { exact: 'environment' } };
    const stream = await new Promise((resolve, reject) => {
      root.render(
        <Webcam
          id="webcam"
          audio
          muted
          videoConstraints={constraints}
          onUserMedia={resolve}
          onUserMediaError={reject}
        />,
      );
    });
    return labelsOf(stream);
  },

  async recordrtc() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180 }, audio: true });
    const recorder = new RecordRTC.RecordRTCPromisesHandler(stream, { type: 'video' });
    await recorder.startRecording();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await recorder.stopRecording();
    const url = URL.createObjectURL(await recorder.getBlob());
    const video = Object.assign(document.createElement('video'), { src: url, muted: true });
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error('The recording does not play.'));
    });
    for (const track of stream.getTracks()) track.stop();
    video.loop = true;
    await video.play();
    const captured = video.captureStream?.() ?? video.mozCaptureStream();
    show('remote', new MediaStream(captured.getVideoTracks()));
    return [video.videoWidth, video.videoHeight];
  },

  async 'html5-qrcode'() {
    const cameras = await Html5Qrcode.getCameras();
    const scanner = new Html5Qrcode('scanner');
    globalThis.scanned = [];
    await scanner.start(
      cameras[0].id,
      { fps: 10 },
      (text) => scanned.push(text),
      () => {},
    );
    globalThis.stopScanner = () => scanner.stop();
    globalThis.capabilitiesOfScanner = () => scanner.getRunningTrackCameraCapabilities();
    return cameras.map(({ label }) => label);
  },
};

globalThis.run = (name) => globalThis.libraries[name]();
