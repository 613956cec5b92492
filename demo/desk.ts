/** The desk: every part of the page, put together. */
import 'track-elements/define/all';
import type {
  PatternSourceElement,
  RtcLoopbackElement,
  ToneSourceElement,
  TrackGeneratorElement,
  TrackRecorderElement,
  WhepPlayerElement,
  WhipPublisherElement,
} from 'track-elements';
import { bindForm } from './attribute-form.js';
import { bindColor } from './color-field.js';
import { bindCopy } from './copy-button.js';
import { showFigures, sourceRow } from './figures.js';
import { bindListening } from './listening.js';
import { showMarkup } from './markup.js';
import { fillCodecs, fillNetworks } from './networks.js';
import { fillPatterns } from './pattern-picker.js';
import { fillRates, fillSizes } from './presets.js';
import { bindSession, useMediaServer } from './publishing.js';
import { bindRecording } from './recording.js';
import { ShownFrames } from './shown-frames.js';
import { bindSignalForm } from './signal-form.js';
import { bindSlider } from './slider.js';
import { fillCommands, fillStartStop, showComplaints, showState } from './source-panel.js';
import { bindTheme } from './theme.js';
import { fillWaveforms } from './waveform-picker.js';
import { showWay } from './way-figures.js';
import { showWriting, writeCanvas } from './writing.js';

function part<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`The desk has no ${selector}.`);
  return found;
}

const every = <T extends Element>(selector: string): T[] => [...document.querySelectorAll<T>(selector)];

const bars = part<PatternSourceElement>('#bars');
const tone = part<ToneSourceElement>('#tone');
const mine = part<TrackGeneratorElement>('#mine');
const loopback = part<RtcLoopbackElement>('#loopback');
const recorder = part<TrackRecorderElement>('#recorder');
const publisher = part<WhipPublisherElement>('#publisher');
const player = part<WhepPlayerElement>('#player');
const screen = part<HTMLVideoElement>('#screen');
const remote = part<HTMLVideoElement>('#remote');
const played = part<HTMLVideoElement>('#played');
const picture = part<HTMLFormElement>('#picture');
const sound = part<HTMLFormElement>('#sound');
const way = part<HTMLFormElement>('#way');

// The controls.
fillPatterns(part('#patterns'));
fillWaveforms(part('#waveforms'));
fillSizes(part('#sizes'), bars);
fillRates(part('#rates'));
for (const slider of every<HTMLElement>('.slider')) bindSlider(slider);
for (const color of every<HTMLElement>('.color')) bindColor(color);
for (const [form, source, chooser] of [[picture, bars, 'pattern'] as const, [sound, tone, 'waveform'] as const]) {
  bindSignalForm(form, source, chooser);
  showState(part(`[data-state-of="${source.id}"]`), source);
  showComplaints(form, source);
  fillCommands(part(`[data-commands-for="${source.id}"]`), source);
}
bindTheme(part('#theme'));
bindListening(part('#listen'), screen, part('#meter'), tone);
bindRecording(part('#record'), part('#recorded'), part('.recording .complaint'), recorder);

// The code.
showMarkup(part('#markup'), [screen, remote, bars, tone, loopback, recorder]);
showWriting(part('#writing'));
every<HTMLButtonElement>('[data-copy]').forEach(bindCopy);

// The peers.
fillCodecs(part('#codecs'));
fillNetworks(part('#networks'), loopback);
bindForm(way, loopback, [
  'codec',
  'loss',
  'delay',
  'jitter',
  'freeze',
  'seed',
  'max-bitrate',
  'scale-down',
  'degradation',
  'jitter-target',
]);
showState(part('[data-state-of="loopback"]'), loopback);
showComplaints(way, loopback);
fillStartStop(part('[data-start-stop="loopback"]'), loopback);
showWay(part('#way-figures'), loopback);
remote.hidden = typeof RTCPeerConnection !== 'function';
part<HTMLElement>('#no-peer').hidden = !remote.hidden;

// The media server.
for (const [form, element] of [['#publishing', publisher] as const, ['#playing', player] as const]) {
  const [field, buttons] = [part<HTMLFormElement>(form), part<HTMLElement>(`[data-start-stop="${element.id}"]`)];
  bindSession(field, element);
  showState(part(`[data-state-of="${element.id}"]`), element);
  showComplaints(field, element);
  fillStartStop(buttons, element);
}
showMarkup(part('#publish-markup'), [bars, tone, publisher, played, player]);
played.addEventListener('resize', () => {
  part<HTMLElement>('#nothing-played').hidden = true;
});
player.addEventListener('removetrack', () => {
  part<HTMLElement>('#nothing-played').hidden = player.track !== null;
});
useMediaServer(part('#server-note'), publisher, player);

// The canvas.
void writeCanvas(part('#canvas'), mine, part('#hold'));

// The figures, by a timer: they go on where no animation frames come.
const rows = [bars, tone, mine].map(sourceRow);
const readings = [
  { place: part('#local-reading'), shown: new ShownFrames(screen) },
  { place: part('#remote-reading'), shown: new ShownFrames(remote) },
  { place: part('#played-reading'), shown: new ShownFrames(played) },
  { place: part('#written-reading'), shown: new ShownFrames(part('#written')) },
];

function showNumbers(): void {
  void showFigures(part('#figures'), rows);
  for (const { place, shown } of readings) place.textContent = shown.reading();
}

showNumbers();
setInterval(showNumbers, 500);
