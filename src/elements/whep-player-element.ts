import type { PropertyValues } from '@lit/reactive-element';
import { WhepClient } from '../rtc/whep-client.js';
import { numberOrNull, text } from './converters.js';
import { property } from './property.js';
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
  /**
   * Milliseconds for which media is held back so that late packets are still in time, 0 to 4000:
   * `RTCRtpReceiver.jitterBufferTarget`. A larger value is smoother, a smaller value has less delay. Unset, the browser
   * chooses. A change takes effect at once, and in all later sessions.
   */
  @property({ type: numberOrNull, attribute: 'jitter-target', reflect: true })
  jitterTarget: number | null = null;

  /**
   * Codecs to ask for, in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. Another one
   * takes a new session.
   */
  @property({ type: text, reflect: true })
  codec = '';

  constructor() {
    super({ sessionProperties: ['codec'] });
  }

  /** Starts playing, unless it is running. It waits while nothing is published. */
  override start(): void {
    if (this.isRunning) return;
    const { codec, kinds, jitterTarget } = this;
    const session = this.openSession(
      () => new WhepClient({ ...this.clientOptions, codec, jitterTarget, ...(!isEmpty(kinds) && { kinds }) }),
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

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has('jitterTarget') || !this.session) return;
    try {
      this.session.client.jitterTarget = this.jitterTarget;
    } catch (error) {
      // The running session keeps its target.
      this.states.reportError(error as Error);
    }
  }
}

const isEmpty = (list: readonly unknown[]): boolean => Array.isArray(list) && list.length === 0;

declare global {
  interface HTMLElementTagNameMap {
    'whep-player': WhepPlayerElement;
  }
}
