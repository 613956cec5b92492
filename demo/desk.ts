/** The desk: every part of the page, put together. */
import 'track-elements/define/all';
import type { PatternSourceElement, ToneSourceElement, TrackGeneratorElement } from 'track-elements';
import { bindColor } from './color-field.js';
import { bindCopy } from './copy-button.js';
import { receivedRow, showFigures, sourceRow } from './figures.js';
import { bindListening } from './listening.js';
import { Loopback } from './loopback.js';
import { showMarkup } from './markup.js';
import { fillPatterns } from './pattern-picker.js';
import { fillRates, fillSizes } from './presets.js';
import { ShownFrames } from './shown-frames.js';
import { bindSignalForm } from './signal-form.js';
import { bindSlider } from './slider.js';
import { fillCommands, showComplaints, showState } from './source-panel.js';
import { bindTheme } from './theme.js';
import { fillWaveforms } from './waveform-picker.js';
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
const screen = part<HTMLVideoElement>('#screen');
const remote = part<HTMLVideoElement>('#remote');
const picture = part<HTMLFormElement>('#picture');
const sound = part<HTMLFormElement>('#sound');

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

// The code.
showMarkup(part('#markup'), [screen, bars, tone]);
showWriting(part('#writing'));
every<HTMLButtonElement>('[data-copy]').forEach(bindCopy);

// The peer.
const loopback = Loopback.supported ? new Loopback() : null;
part<HTMLElement>('#no-peer').hidden = loopback !== null;
remote.hidden = loopback === null;
if (loopback) {
  remote.srcObject = loopback.stream;
  void loopback.send([bars, tone]);
}

// The canvas.
void writeCanvas(part('#canvas'), mine, part('#hold'));

// The figures, by a timer: they go on where no animation frames come.
const rows = [
  ...[bars, tone, mine].map(sourceRow),
  ...(loopback ? [receivedRow(loopback, 'video'), receivedRow(loopback, 'audio')] : []),
];
const readings = [
  { place: part('#local-reading'), shown: new ShownFrames(screen) },
  { place: part('#remote-reading'), shown: new ShownFrames(remote) },
  { place: part('#written-reading'), shown: new ShownFrames(part('#written')) },
];

function showNumbers(): void {
  void showFigures(part('#figures'), rows);
  for (const { place, shown } of readings) place.textContent = shown.reading();
}

showNumbers();
setInterval(showNumbers, 500);
