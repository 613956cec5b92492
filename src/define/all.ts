/* Registers every element. */
import './pattern-source.js';
import './rtc-loopback.js';
import './tone-source.js';
import './track-generator.js';
import './track-recorder.js';
