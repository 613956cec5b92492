/** The desk: every part of the page, put together. */
import 'track-elements/define/all';
import type { PatternSourceElement, ToneSourceElement, TrackGeneratorElement } from 'track-elements';
import { readAttribute, watchAttributes } from './attribute.js';
import { bindForm } from './attribute-form.js';
import { bindColor } from './color-field.js';
import { bindCopy } from './copy-button.js';
import { receivedRow, showFigures, sourceRow } from './figures.js';
import { bindListening } from './listening.js';
import { Loopback } from './loopback.js';
import { showMarkup } from './markup.js';
import { fillPatterns } from './pattern-picker.js';
import { fillRates, fillSizes } from './presets.js';
import { ShownFrames } from './shown-frames.js';
import { describeSignal } from './signal-picker.js';
import { bindSlider } from './slider.js';
import { fillCommands, showComplaints, showState } from './source-panel.js';
import { bindTheme } from './theme.js';
import { patternTraits, showTraits, waveformTraits } from './traits.js';
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
every<HTMLElement>('.slider').forEach(bindSlider);
every<HTMLElement>('.color').forEach(bindColor);
const pictureAttributes = ['pattern', 'width', 'height', 'frame-rate', 'color', 'background', 'speed', 'label'];
bindForm(picture, bars, [...pictureAttributes, 'timecode']);
bindForm(sound, tone, ['waveform', 'frequency', 'level']);
watchAttributes(bars, () => {
  const pattern = readAttribute(bars, 'pattern');
  describeSignal(part('#pattern-summary'), pattern);
  showTraits(picture, patternTraits(pattern));
});
watchAttributes(tone, () => {
  const waveform = readAttribute(tone, 'waveform');
  describeSignal(part('#waveform-summary'), waveform);
  showTraits(sound, waveformTraits(waveform));
});
for (const [form, source] of [[picture, bars] as const, [sound, tone] as const]) {
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
