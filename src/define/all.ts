/* Registers every element. */
import './pattern-source.js';
import './tone-source.js';
import './track-generator.js';
