/* `define/all` gives the types of all tags. */
import 'track-elements/define/all';

export const states = [
  document.createElement('pattern-source').state,
  document.createElement('tone-source').state,
  document.createElement('track-generator').state,
] satisfies ('idle' | 'starting' | 'live' | 'suspended' | 'stopped' | 'failed')[];

document.createElement('rtc-loopback').addEventListener('stats', ({ stats }) => stats.video?.width.toFixed());
document.createElement('track-recorder').addEventListener('recorded', ({ blob }) => blob.size.toFixed());
document.createElement('signal-scope').summary.trim();
document.createElement('whip-publisher').addEventListener('error', ({ message }) => message.trim());
document.createElement('whep-player').addEventListener('statechange', ({ type }) => type.trim());
document
  .createElement('level-meter')
  .addEventListener('level', ({ levels }) => levels.channels.map(({ peak }) => peak.toFixed()));
document.createElement('track-probe').addEventListener('report', ({ report }) => JSON.stringify(report));
document.createElement('track-monitor').addEventListener('snapshot', ({ blob }) => blob.size.toFixed());

const text = 'ball' as string;
Object.assign(document.createElement('pattern-source'), { width: 640 }).pattern = text;
document.createElement('tone-source').waveform = text;
document.createElement('level-meter').scale = 'LUFS';
document.createElement('track-monitor').guides = ['center', 'safe-areas'];
document.createElement('track-probe').reference = text;
const servers: RTCIceServer[] = [{ urls: ['stun:stun.example'] }];
document.createElement('whep-player').iceServers = servers;
document.createElement('canvas-source').from = 'drawing';
document.createElement('element-source').width = 640;
document.createElement('file-source').currentTime = 2;
document.createElement('camera-source').facingMode = 'user';
document.createElement('screen-source').displaySurface = 'window';
document.createElement('signal-fault').kind = 'freeze';
document.createElement('virtual-camera').addEventListener('trackschange', ({ type }) => type.trim());
document.createElement('virtual-microphone').device.plugged satisfies boolean;
document.createElement('virtual-screen').tracks satisfies readonly MediaStreamTrack[];
