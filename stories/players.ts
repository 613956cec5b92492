import { html, type TemplateResult } from 'lit';

/** A `<video>` with a name and a caption, for the `for` of a source. */
export const videoPlayer = (id: string, label: string, caption: unknown = label): TemplateResult => html`
  <figure class="player">
    <video id=${id} autoplay muted playsinline aria-label=${label}></video>
    <figcaption>${caption}</figcaption>
  </figure>
`;

/** An `<audio>` with a name and a caption. It is muted until the visitor unmutes it. */
export const audioPlayer = (id: string, label: string, caption: unknown = label): TemplateResult => html`
  <figure class="player">
    <audio id=${id} controls muted aria-label=${label}></audio>
    <figcaption>${caption}</figcaption>
  </figure>
`;

/** Examples beside each other. */
export const sideBySide = (examples: readonly unknown[]): TemplateResult => html`
  <div class="side-by-side">${examples.map((example) => html`<div>${example}</div>`)}</div>
`;

/** The place of an error: see `showErrors()`. */
export const errorPlace: TemplateResult = html`<p class="error" role="alert"></p>`;

/** Buttons that send commands to an element. */
export const commandButtons = (
  id: string,
  commands: readonly string[],
  words: Readonly<Record<string, string>> = {},
): TemplateResult => html`
  <div class="buttons">
    ${commands.map(
      (command) => html`<button commandfor=${id} command=${command}>${words[command] ?? wordOf(command)}</button>`,
    )}
  </div>
`;

/** `--pause` is “Pause” to readers. */
const wordOf = (command: string) => command.slice(2).replace(/^./, (letter) => letter.toUpperCase());

/** A small source of one color, which costs an encoder little. */
export const solidSource = (color: string): TemplateResult => html`
  <pattern-source pattern="solid" color=${color} width="640" height="360"></pattern-source>
`;

/** A moving pattern with a time code, and a tone. */
export const ballAndTone: TemplateResult = html`
  <pattern-source pattern="ball" width="640" height="360" timecode></pattern-source>
  <tone-source></tone-source>
`;

/** The parameters of a story that has no controls, because its args make no difference. */
export const withoutControls = { controls: { disable: true } } as const;
