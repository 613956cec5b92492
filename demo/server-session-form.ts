import { html, render } from 'lit';
import type { WhepPlayerElement, WhipPublisherElement } from 'track-elements';
import { showElementForm } from './element-form.js';
import { fieldTemplate } from './fields.js';

/** The form of a session with a media server. The token is a property without an attribute, so that no markup shows it. */
export function showServerSessionForm(place: HTMLElement, element: WhipPublisherElement | WhepPlayerElement): void {
  showElementForm(place, element, {}, (error) => ({
    afterMain: fieldTemplate(
      {
        name: 'token',
        label: 'Token',
        hint: 'If the server requires a bearer token. It is sent to the server only.',
        control: { type: 'text', secret: true },
        value: element.token ?? '',
        change: (value) => {
          element.token = String(value) || null;
        },
      },
      element.id,
      error,
    ),
  }));
}

/** Sets the URLs of the media server that `npm start` runs, and says in the note where it is or how to get one. */
export function useMediaServer(note: HTMLElement, publisher: WhipPublisherElement, player: WhepPlayerElement): void {
  const origin = document.querySelector<HTMLMetaElement>('meta[name="media-server"]')?.content;
  if (!origin) {
    render(
      html`This page was opened without a media server. <code>npm start</code> runs the page with one,
        <code>npm run sfu</code> runs a media server alone. Or enter the URLs of another server.`,
      note,
    );
    return;
  }
  publisher.endpoint ||= `${origin}/demo/whip`;
  player.endpoint ||= `${origin}/demo/whep`;
  render(html`The media server of <code>npm start</code> at <code>${origin}</code> forwards the tracks.`, note);
}
