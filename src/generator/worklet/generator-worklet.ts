/* The worklet that plays written audio. */
import { SampleQueue } from '../sample-source.js';
import { registerAudioProcessor } from './audio-processor.js';
import { registerScript } from './register-script.js';

export function start(): void {
  registerAudioProcessor('track-elements-written', (post, format) => new SampleQueue(post, format));
  registerScript('track-elements-generator-worklet.js');
}
