import { WhepClient } from '../rtc/whep-client.js';
import { ServerSessionElement } from './server-session-element.js';

/**
 * Plays tracks from a media server by WHEP. The tracks go to the media elements and other sinks that `for` names.
 *
 * ```html
 * <video id="screen" autoplay muted playsinline></video>
 * <whep-player for="screen" endpoint="https://example.com/live/whep"></whep-player>
 * ```
 *
 * It reconnects until it is stopped: when the server or the network was gone, a new session replaces the tracks of the one
 * before. Set a `token` before the element is connected, or use `manual`.
 *
 * @summary Plays tracks from a media server by WHEP.
 * @tag whep-player
 */
export class WhepPlayerElement extends ServerSessionElement<WhepClient> {
  constructor() {
    super({ sessionProperties: ['endpoint', 'token', 'tokenOrigins', 'iceServers', 'codec'] });
  }

  /** Starts playing, unless it plays. Waits as long as nothing is published. */
  override start(): void {
    if (this.isRunning) return;
    const { endpoint, token, tokenOrigins, iceServers, codec } = this;
    const session = this.openSession(
      () => new WhepClient({ endpoint, token, tokenOrigins, codec, ...(iceServers && { iceServers }) }),
    );
    if (!session) return;
    const { client, signal } = session;
    const showTracks = () => this.output.set(client.tracks);
    client.addEventListener(
      'addtrack',
      ({ track }) => {
        // Its first packet has arrived: media elements that waited for it get the track.
        track.addEventListener('unmute', () => this.output.update(), { signal });
        showTracks();
      },
      { signal },
    );
    client.addEventListener('removetrack', showTracks, { signal });
    // The client's events report what goes wrong.
    client.start().catch(() => {});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'whep-player': WhepPlayerElement;
  }
}
