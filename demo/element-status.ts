/** Shows what an element does: its state, its error, and buttons that command it. */
import { html, render } from 'lit';
import type { SourceElement, TrackElement } from 'track-elements';
import { watchAttributes } from './attributes.js';

/** An element with a state, and with the events `statechange` and `error`. */
export interface StatefulElement extends HTMLElement {
  readonly state: string;
}

/** Shows the state of an element. */
export function showState(place: HTMLElement, element: StatefulElement): void {
  const show = () => {
    const isSuspended = element.state === 'suspended';
    place.dataset.state = element.state;
    place.textContent = isSuspended ? 'waits for a click' : element.state;
    place.title = isSuspended ? 'The browser plays audio only after a click or a key press on the page.' : '';
  };
  element.addEventListener('statechange', show);
  show();
}

/** Calls back now, and after each change of an attribute or of the error. The message is empty while there is no error. */
export function watchElement(element: StatefulElement, onChange: (message: string) => void): void {
  let message = '';
  const update = (changed: string) => {
    message = changed;
    onChange(message);
  };
  element.addEventListener('error', (event) => update(event.message));
  element.addEventListener('statechange', () => {
    if (element.state !== 'failed') update('');
  });
  watchAttributes(element, () => onChange(message));
}

/** Buttons that pause, mute and stop a source. The browser does it, by `commandfor` and `command`. */
export function showSourceButtons(place: HTMLElement, source: SourceElement): void {
  const button = (command: string, text: string) => html`
    <button class="button" type="button" commandfor=${source.id} command=${command}>${text}</button>
  `;
  const show = () => {
    const isRunning = source.track !== null || source.state === 'starting';
    render(
      [
        source.paused ? button('--resume', 'Resume') : button('--pause', 'Pause'),
        source.muted ? button('--unmute', 'Unmute') : button('--mute', 'Mute'),
        isRunning ? button('--stop', 'Stop') : button('--start', 'Start'),
      ],
      place,
    );
  };
  watchAttributes(source, show);
  source.addEventListener('statechange', show);
}

/** One button that starts or stops an element. */
export function showStartButton(
  place: HTMLElement,
  element: TrackElement,
  startText = 'Start',
  stopText = 'Stop',
): void {
  const show = () => {
    const isStopped = ['idle', 'stopped', 'failed'].includes(element.state);
    render(
      html`
        <button class="button" type="button" commandfor=${element.id} command=${isStopped ? '--start' : '--stop'}>
          ${isStopped ? startText : stopText}
        </button>
      `,
      place,
    );
  };
  element.addEventListener('statechange', show);
  show();
}
