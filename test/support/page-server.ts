/**
 * A WHIP server in the page: a fake fetch whose answers come from a peer connection beside the client's. A test decides what
 * the server says and when the path begins to work.
 */
import { onCleanup } from './cleanup.js';

export interface PageServerInit {
  /** The `Link` header of an answer; by default there is none. */
  readonly link?: (session: number) => string;
}

export interface PageRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}

export class PageServer {
  readonly requests: PageRequest[] = [];
  #sessionCount = 0;

  constructor(private readonly init: PageServerInit = {}) {}

  /** How many sessions were made. */
  get sessionCount(): number {
    return this.#sessionCount;
  }

  requestsByMethod(method: string): PageRequest[] {
    return this.requests.filter((request) => request.method === method);
  }

  readonly fetch: typeof fetch = async (_, { method = 'GET', headers, body } = {}) => {
    this.requests.push({ method, headers: new Headers(headers), body: String(body ?? '') });
    if (method === 'POST') return this.#create(String(body));
    return new Response(null, { status: method === 'DELETE' ? 200 : 204 });
  };

  async #create(offer: string): Promise<Response> {
    this.#sessionCount += 1;
    const peer = new RTCPeerConnection();
    onCleanup(() => peer.close());
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    const gathered = new Promise<void>((resolve) => {
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
    });
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered;
    const link = this.init.link?.(this.#sessionCount);
    return new Response(peer.localDescription?.sdp, {
      status: 201,
      headers: {
        'content-type': 'application/sdp',
        location: `/session/${this.#sessionCount}`,
        ...(link && { link }),
      },
    });
  }
}
