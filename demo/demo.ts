/** The demo: connects the parts of the page. The elements themselves are in `index.html`. */
import 'track-elements/define/all';
import type {
  PatternSourceElement,
  RtcLoopbackElement,
  SourceElement,
  ToneSourceElement,
  TrackElement,
  TrackGeneratorElement,
  TrackMonitorElement,
  TrackRecorderElement,
  VirtualCameraElement,
  WhepPlayerElement,
  WhipPublisherElement,
} from 'track-elements';
import { showWriteExample, writeCanvas } from './canvas-writer.js';
import { setUpCopyButton } from './copy-button.js';
import { showElementForm } from './element-form.js';
import { showSourceButtons, showStartButton, showState } from './element-status.js';
import { showLoopbackStats } from './loopback-stats-view.js';
import { showMarkup } from './markup-view.js';
import { showNetworkPresets, videoCodecOptions } from './network-presets.js';
import { fillPatternPicker } from './pattern-picker.js';
import { setUpRecordingControls } from './recording-controls.js';
import { showServerSessionForm, useMediaServer } from './server-session-form.js';
import { showSignalForm } from './signal-form.js';
import { SourceStatsView } from './source-stats-view.js';
import { setUpThemeButton } from './theme-button.js';
import { VideoReading } from './video-reading.js';
import { setUpApplication } from './virtual-camera-view.js';
import { fillWaveformPicker } from './waveform-picker.js';

const STATS_INTERVAL_MS = 500;

function find<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`The demo has no ${selector}.`);
  return found;
}

const pattern = find<PatternSourceElement>('#bars');
const tone = find<ToneSourceElement>('#tone');
const generator = find<TrackGeneratorElement>('#canvas-track');
const loopback = find<RtcLoopbackElement>('#loopback');
const recorder = find<TrackRecorderElement>('#recorder');
const publisher = find<WhipPublisherElement>('#publisher');
const player = find<WhepPlayerElement>('#player');

const camera = find<VirtualCameraElement>('#camera');

const localMonitor = find<TrackMonitorElement>('#screen');
const receivedMonitor = find<TrackMonitorElement>('#received');
const playedVideo = find<HTMLVideoElement>('#played');
const writtenVideo = find<HTMLVideoElement>('#written');

const stateOf = (element: Element) => find(`[data-state-of="${element.id}"]`);
const buttonsOf = (element: TrackElement) => find(`[data-buttons-of="${element.id}"]`);
const fieldsOf = (element: HTMLElement) => find(`[data-fields-of="${element.id}"]`);

function setUpSource(form: HTMLFormElement, source: SourceElement, chooser: 'pattern' | 'waveform'): void {
  showSignalForm(form, source, chooser);
  showState(stateOf(source), source);
  showSourceButtons(buttonsOf(source), source);
}

function setUpSignals(): void {
  fillPatternPicker(find('#patterns'));
  fillWaveformPicker(find('#waveforms'));
  setUpSource(find('#pattern-form'), pattern, 'pattern');
  setUpSource(find('#tone-form'), tone, 'waveform');
}

function setUpLoopback(): void {
  showElementForm(fieldsOf(loopback), loopback, { options: { codec: videoCodecOptions() } });
  showNetworkPresets(find('#networks'), loopback);
  showState(stateOf(loopback), loopback);
  showStartButton(buttonsOf(loopback), loopback, 'Connect', 'Disconnect');
  showLoopbackStats(find('#loopback-stats'), loopback);
  if (typeof RTCPeerConnection !== 'function') {
    find('#no-track').textContent =
      'This browser has no WebRTC. In others, the two tracks arrive here after they were encoded, sent and decoded.';
  }
}

function setUpRecorder(): void {
  showElementForm(fieldsOf(recorder), recorder);
  setUpRecordingControls(find('#record'), find('#recorded'), recorder);
}

function setUpMediaServer(): void {
  for (const element of [publisher, player]) {
    showServerSessionForm(fieldsOf(element), element);
    showState(stateOf(element), element);
  }
  showStartButton(buttonsOf(publisher), publisher, 'Publish');
  showStartButton(buttonsOf(player), player, 'Play');
  playedVideo.addEventListener('resize', () => {
    find('#nothing-played').hidden = true;
  });
  player.addEventListener('removetrack', () => {
    find('#nothing-played').hidden = player.track !== null;
  });
  useMediaServer(find('#server-note'), publisher, player);
}

function setUpVirtualCamera(): void {
  showElementForm(fieldsOf(camera), camera);
  showState(stateOf(camera), camera);
  setUpApplication({
    button: find('#open-camera'),
    video: find('#camera-video'),
    placeholder: find('#no-camera'),
    note: find('#camera-note'),
  });
}

function setUpCode(): void {
  showMarkup(find('#markup'), [localMonitor, receivedMonitor, pattern, tone, loopback, recorder]);
  showMarkup(find('#camera-markup'), [camera, find('#camera-picture')]);
  showMarkup(find('#server-markup'), [pattern, tone, publisher, playedVideo, player]);
  showWriteExample(find('#write-example'));
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) setUpCopyButton(button);
}

/** By a timer: it runs also where a frame without focus gets no animation frames. */
function setUpReadings(): void {
  const stats = new SourceStatsView(find('#source-stats'), [pattern, tone, generator]);
  const readings = [playedVideo, writtenVideo].map((video) => ({
    place: find(`[data-reading-of="${video.id}"]`),
    reading: new VideoReading(video),
  }));
  const update = () => {
    void stats.update();
    for (const { place, reading } of readings) place.textContent = reading.read();
  };
  update();
  setInterval(update, STATS_INTERVAL_MS);
}

setUpThemeButton(find('#theme'));
setUpSignals();
setUpLoopback();
setUpRecorder();
setUpMediaServer();
setUpVirtualCamera();
setUpCode();
setUpReadings();
void writeCanvas(find('#canvas'), generator, find('#pause-canvas'));
