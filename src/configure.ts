/* The entry `track-elements/configure`. */
export { type Configuration, configure } from './generator/page/configuration.js';
