/* Registers every element. */
import './level-meter.js';
import './pattern-source.js';
import './rtc-loopback.js';
import './signal-scope.js';
import './tone-source.js';
import './track-generator.js';
import './track-monitor.js';
import './track-probe.js';
import './track-recorder.js';
import './virtual-camera.js';
import './virtual-microphone.js';
import './virtual-screen.js';
import './whep-player.js';
import './whip-publisher.js';
