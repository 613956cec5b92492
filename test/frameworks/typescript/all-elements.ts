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
