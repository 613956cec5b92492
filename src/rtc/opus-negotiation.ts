import { type OpusParameters, withOpusParameters } from './opus-parameters.js';

/** The parameters of Opus in the descriptions of a peer connection. Asked for with each description. */
export interface OpusNegotiationInit {
  /** The parameters for descriptions that the peer connection creates. */
  own(): OpusParameters;
  /** The parameters that are put into the descriptions of the other side; none unless given. */
  remote?(): OpusParameters;
}

/**
 * Makes and takes the descriptions of a peer connection, with parameters of Opus in them. Each offer, answer and ICE restart
 * has to pass through it: a later description without the parameters takes them back.
 */
export class OpusNegotiation {
  readonly #peer: RTCPeerConnection;
  readonly #parameters: OpusNegotiationInit;

  constructor(peer: RTCPeerConnection, parameters: OpusNegotiationInit) {
    this.#peer = peer;
    this.#parameters = parameters;
  }

  async createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    return withParameters(await this.#peer.createOffer(options), this.#parameters.own());
  }

  async createAnswer(): Promise<RTCSessionDescriptionInit> {
    return withParameters(await this.#peer.createAnswer(), this.#parameters.own());
  }

  /** Sets what the other side has sent. */
  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const parameters = this.#parameters.remote?.();
    await this.#peer.setRemoteDescription(parameters ? withParameters(description, parameters) : description);
  }
}

const withParameters = (
  { type, sdp = '' }: RTCSessionDescriptionInit,
  parameters: OpusParameters,
): RTCSessionDescriptionInit => ({ type, sdp: withOpusParameters(sdp, parameters) });
