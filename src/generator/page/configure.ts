/* The entry `track-elements/configure`. */
export { type Configuration, configure } from './configuration.js';
