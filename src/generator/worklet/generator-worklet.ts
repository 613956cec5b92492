/* The worklet that plays written audio. */
import { SampleQueue } from '../sample-source.js';
import { registerAudioProcessor } from './audio-processor.js';

registerAudioProcessor('track-elements-written', (post, format) => new SampleQueue(post, format));
