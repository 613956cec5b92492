/* The build writes beside each flat file a module that exports its text: `engine-worker.js` and `engine-worker-text.js`. */
declare module '*-text.js' {
  export const text: string;
}
