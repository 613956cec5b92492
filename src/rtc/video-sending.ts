import { hasNative } from '../generator/features.js';
import { isError } from '../signals/describe-value.js';
import type { Bt601Track } from './bt601-track.js';

/** The header extension by which Chromium sends the colour space of each key frame. */
const COLOR_SPACE = 'http://www.webrtc.org/experiments/rtp-hdrext/color-space';

/**
 * Sends video in the coding that the negotiated codec has. VP8 carries no colour space and means BT.601 (RFC 6386, 9.2).
 * High-definition pictures are in BT.709, and Chromium encodes them without a conversion. Its own header extension tells the
 * receiver the colour space, but servers drop this extension unless they know it. So without the extension a VP8 sender gets
 * pictures in BT.601.
 */
export class VideoSending {
  readonly #sender: RTCRtpSender;
  readonly #onWarning: (error: Error) => void;
  /** The newest track that was to be sent; `undefined` if the sender refused it. */
  #source: MediaStreamTrack | null | undefined;
  /** Whether the newest track is to be recoded. */
  #isRecoding = false;
  #recoded: Bt601Track | null = null;
  /** Whether recoding has failed. It is not tried again, since each try costs a moment without a picture. */
  #hasFailed = false;
  #changes = 0;
  #isClosed = false;

  /** @param onWarning Called when pictures cannot be recoded, and are sent without a change. */
  constructor(sender: RTCRtpSender, onWarning: (error: Error) => void) {
    this.#sender = sender;
    this.#onWarning = onWarning;
    this.#source = sender.track;
  }

  /** Sends a track in place of the previous one; `null` sends nothing. To be called for the same one after a negotiation. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    const isRecoding = track !== null && !this.#hasFailed && needsBt601(this.#sender);
    if (this.#isClosed || (track === this.#source && isRecoding === this.#isRecoding)) return;
    this.#source = track;
    this.#isRecoding = isRecoding;
    this.#changes += 1;
    const change = this.#changes;
    let unused = isRecoding ? await this.#recode(track) : null;
    try {
      if (change !== this.#changes) return;
      const recoded = unused;
      await this.#sender.replaceTrack(recoded?.track ?? track);
      unused = this.#recoded;
      this.#recoded = recoded;
      if (this.#isClosed) this.#closeRecoded();
    } catch (error) {
      // A newer change has its own result.
      if (change !== this.#changes) return;
      this.#source = undefined;
      throw error;
    } finally {
      unused?.close();
    }
  }

  async #recode(track: MediaStreamTrack): Promise<Bt601Track | null> {
    try {
      const { openBt601Track } = await import('./bt601-track.js');
      return await openBt601Track(track, (error) => {
        this.#fail(error);
        this.send(this.#source ?? null).catch(this.#onWarning);
      });
    } catch (cause) {
      this.#fail(cause);
      return null;
    }
  }

  #fail(cause: unknown): void {
    if (this.#hasFailed || this.#isClosed) return;
    this.#hasFailed = true;
    const reason = isError(cause) ? cause.message : String(cause);
    const message = `The colours of high-definition pictures may arrive wrong, since they cannot be recoded: ${reason}`;
    this.#onWarning(new DOMException(message, 'NotSupportedError'));
  }

  #closeRecoded(): void {
    this.#recoded?.close();
    this.#recoded = null;
  }

  close(): void {
    this.#isClosed = true;
    this.#changes += 1;
    this.#closeRecoded();
  }
}

function needsBt601(sender: RTCRtpSender): boolean {
  // Other browsers convert all pictures to BT.601 themselves.
  if (!hasNative('MediaStreamTrackGenerator') || !hasNative('MediaStreamTrackProcessor')) return false;
  const { codecs, headerExtensions } = sender.getParameters();
  return /\/vp8$/i.test(codecs[0]?.mimeType ?? '') && !headerExtensions.some(({ uri }) => uri === COLOR_SPACE);
}
