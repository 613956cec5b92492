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

  /** The library's side of a session: the other end is a peer connection that answers as its server would. */
  async mediasoup() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
    const device = await Device.factory();
    const vp8 = { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: 101, rtcpFeedback: [] };
    await device.load({ routerRtpCapabilities: { codecs: [vp8], headerExtensions: [] } });
    const transport = device.createSendTransport({
      id: 'transport',
      iceParameters: { usernameFragment: 'fragment', password: 'passwordpasswordpassword', iceLite: true },
      iceCandidates: [],
      dtlsParameters: {
        role: 'auto',
        fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
      },
    });
    transport.on('connect', (_, done) => done());
    transport.on('produce', (_, done) => done({ id: 'producer' }));
    const producer = await transport.produce({ track: stream.getVideoTracks()[0], stopTracks: false });
    show('local', new MediaStream([producer.track]));
    const answer = {
      kind: producer.kind,
      label: producer.track.label,
      codec: producer.rtpParameters.codecs[0].mimeType,
    };
    transport.close();
    return answer;
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
