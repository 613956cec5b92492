/* The build writes `dist/workers/`: each file that a page can serve, and beside it a module that exports its text. */
declare module '*-text.js' {
  export const text: string;
}
