import { html, render } from 'lit';
import type { WhepPlayerElement, WhipPublisherElement } from 'track-elements';
import { bindForm } from './attribute-form.js';

/** A form for a session with a media server: the endpoint is an attribute, the token a property, and nowhere else. */
export function bindSession(form: HTMLFormElement, element: WhipPublisherElement | WhepPlayerElement): void {
  bindForm(form, element, ['endpoint']);
  const token = form.elements.namedItem('token') as HTMLInputElement;
  token.addEventListener('change', () => {
    element.token = token.value || null;
  });
}

/** Fills in the endpoints of the media server that came with the page, and says where it is, or how to get one. */
export function useMediaServer(note: HTMLElement, publisher: WhipPublisherElement, player: WhepPlayerElement): void {
  const origin = document.querySelector<HTMLMetaElement>('meta[name="media-server"]')?.content;
  if (!origin) {
    render(
      html`No media server came with this page. <code>npm start</code> brings one, <code>npm run sfu</code> starts one by
        itself; or give endpoints of your own.`,
      note,
    );
    return;
  }
  publisher.endpoint ||= `${origin}/desk/whip`;
  player.endpoint ||= `${origin}/desk/whep`;
  render(html`The media server of <code>npm start</code> forwards it, at <code>${origin}</code>.`, note);
}
