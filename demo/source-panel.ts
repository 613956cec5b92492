import { html, render } from 'lit';
import type { SourceElement, TrackElement } from 'track-elements';
import { watchAttributes } from './attribute.js';

/** Shows what an element is doing. */
export function showState(place: HTMLElement, source: TrackElement): void {
  const show = () => {
    place.dataset.state = source.state;
    place.textContent = source.state === 'suspended' ? 'waits for a click' : source.state;
    place.title = source.state === 'suspended' ? 'The browser lets sound run after a user gesture on the page.' : '';
  };
  source.addEventListener('statechange', show);
  show();
}

/** Shows an element's error in its own words, at the field that it speaks of, for as long as it holds. */
export function showComplaints(form: HTMLFormElement, source: TrackElement): void {
  const complaint = form.querySelector<HTMLElement>('.complaint');
  if (!complaint) return;
  const foot = complaint.nextElementSibling;
  complaint.id ||= `${form.id}-complaint`;

  const mark = (message: string) => {
    complaint.textContent = message;
    const words = message.toLowerCase().replace(/^the length of /, '');
    // One name may begin as another does: `level` and `levels`.
    const named = (name: string) =>
      [name.replace('-', ' '), name.replace('-', ''), `a ${name}`].some(
        (subject) => words.startsWith(subject.toLowerCase()) && !/^[\w-]/.test(words.slice(subject.length)),
      );
    const field = [...form.querySelectorAll<HTMLElement>('[data-field]')].find(({ dataset }) =>
      (dataset.field ?? '').split(' ').some(named),
    );
    for (const control of form.querySelectorAll<HTMLInputElement>('[data-field] [name]')) {
      const wrong = message !== '' && field?.contains(control) === true && named(control.name);
      control.toggleAttribute('aria-invalid', wrong);
      if (wrong) {
        control.setAttribute('aria-invalid', 'true');
        control.setAttribute('aria-describedby', complaint.id);
      } else control.removeAttribute('aria-describedby');
    }
    if (message && field) field.after(complaint);
    else foot?.before(complaint);
  };

  source.addEventListener('error', ({ message }) => mark(message));
  source.addEventListener('statechange', () => source.state !== 'failed' && mark(''));
}

/** Buttons that command a source: the browser does it, by `commandfor` and `command`. */
export function fillCommands(place: HTMLElement, source: SourceElement): void {
  const button = (command: string, text: string) => html`
    <button class="button" type="button" commandfor=${source.id} command=${command}>${text}</button>
  `;
  const show = () => {
    const running = source.track !== null || source.state === 'starting';
    render(
      [
        source.paused ? button('--resume', 'Resume') : button('--pause', 'Pause'),
        source.muted ? button('--unmute', 'Unmute') : button('--mute', 'Mute'),
        running ? button('--stop', 'Stop') : button('--start', 'Start'),
      ],
      place,
    );
  };
  watchAttributes(source, show);
  source.addEventListener('statechange', show);
}

/** One button that starts or stops an element, by command. */
export function fillStartStop(place: HTMLElement, element: TrackElement): void {
  const show = () => {
    const resting = ['idle', 'stopped', 'failed'].includes(element.state);
    render(
      html`
        <button class="button" type="button" commandfor=${element.id} command=${resting ? '--start' : '--stop'}>
          ${resting ? 'Start' : 'Stop'}
        </button>
      `,
      place,
    );
  };
  element.addEventListener('statechange', show);
  show();
}
