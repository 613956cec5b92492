import { randomUUID } from 'node:crypto';
import { PictureLossIndication } from 'werift';
import { allowBitrate, forwarded, gathered, openPeer } from './media.js';

/** Milliseconds in which a browser has to connect. */
const PATIENCE = 20_000;

/** One peer connection with a browser, and its HTTP resource's state. */
class Session {
  id = randomUUID();
  closed = false;
  #generation = 0;

  constructor(channel, reach) {
    this.channel = channel;
    this.peer = openPeer(reach);
    // The browser went without a word: consent has run out, or it never came.
    const late = setTimeout(() => this.peer.connectionState !== 'connected' && this.close(), PATIENCE);
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') clearTimeout(late);
      if (state === 'failed' || state === 'closed') this.close();
    });
  }

  get etag() {
    return `"${this.id.slice(0, 8)}-${this.#generation}"`;
  }

  /** Answers the browser's offer. */
  async answer(sdp) {
    await this.peer.setRemoteDescription({ type: 'offer', sdp });
    await this.prepare();
    this.#offered = sdp;
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    return gathered(this.peer);
  }

  #offered = '';

  /** Takes candidates; resolves to `null`. Other credentials restart ICE; then it resolves to a fragment. */
  async patch(fragment) {
    const [ufrag, pwd] = ['ice-ufrag', 'ice-pwd'].map(
      (name) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(fragment)?.[1],
    );
    const candidates = [...fragment.matchAll(/^a=(candidate:.*?)\r?$/gm)].map(([, candidate]) => candidate);
    if (ufrag && this.#offered && !this.#offered.includes(`a=ice-ufrag:${ufrag}`)) return this.#restart(ufrag, pwd);
    const sdpMid = /^a=mid:(\S+)/m.exec(fragment)?.[1];
    for (const candidate of candidates) {
      // Names that only the browser's own network knows are none of ours.
      if (!candidate.includes('.local')) await this.peer.addIceCandidate({ candidate, sdpMid }).catch(() => {});
    }
    return null;
  }

  async #restart(ufrag, pwd) {
    const offer = this.#offered
      .replace(/^a=ice-ufrag:.*$/gm, `a=ice-ufrag:${ufrag}`)
      .replace(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${pwd}`)
      .replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
    const sdp = await this.answer(offer);
    // werift begins no checks of its own once DTLS stands.
    for (const transport of this.peer.iceTransports) {
      if (!transport.connection.nominated) transport.start().catch(() => {});
    }
    this.#generation += 1;
    const lines = sdp.split(/\r?\n/);
    const first = (start) => lines.find((line) => line.startsWith(start));
    const candidates = new Set(lines.filter((line) => line.startsWith('a=candidate:')));
    return ['m=', 'a=mid:', 'a=ice-ufrag:', 'a=ice-pwd:']
      .map(first)
      .concat(...candidates, 'a=end-of-candidates', '')
      .join('\r\n');
  }

  /** Sends nothing for a while, as if the network were gone. */
  freeze(milliseconds) {
    const transports = new Set(
      this.peer.iceTransports.flatMap(({ connection }) => connection.protocols.map(({ transport }) => transport)),
    );
    for (const transport of transports) {
      const { send } = transport;
      transport.send = async () => {};
      setTimeout(() => {
        transport.send = send;
      }, milliseconds);
    }
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.channel.leave(this);
    this.peer.close().catch(() => {});
    this.onclose?.();
  }
}

/** A browser that publishes. */
export class Publisher extends Session {
  kind = 'whip';
  tracks = new Map();

  constructor(channel, reach) {
    super(channel, reach);
    this.peer.onTrack.subscribe((track) => {
      // Of a simulcast's layers the one that came last is forwarded.
      this.tracks.set(track.kind, track);
      this.channel.publish(this);
    });
    const timer = setInterval(() => this.#allow(), 250);
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === 'closed' || state === 'failed') clearInterval(timer);
    });
  }

  #allow() {
    const [receiver, track] = [this.#videoReceiver, this.tracks.get('video')];
    if (receiver && track?.ssrc && this.peer.connectionState === 'connected') void allowBitrate(receiver, track.ssrc);
  }

  get #videoReceiver() {
    return this.peer.getTransceivers().find(({ kind }) => kind === 'video')?.receiver;
  }

  async prepare() {
    for (const transceiver of this.peer.getTransceivers()) transceiver.setDirection('recvonly');
  }

  /** The codec of a kind, once it is negotiated. */
  codec(kind) {
    return this.peer.getTransceivers().find((transceiver) => transceiver.kind === kind)?.codecs[0];
  }

  requestKeyframe() {
    const [receiver, track] = [this.#videoReceiver, this.tracks.get('video')];
    if (receiver && track?.ssrc) receiver.sendRtcpPLI(track.ssrc).catch(() => {});
  }
}

/** A browser that plays. */
export class Player extends Session {
  kind = 'whep';
  #unsubscribe = () => {};

  /** Offers itself, in place of answering. */
  async offer() {
    for (const kind of this.channel.publisher?.tracks.keys() ?? []) {
      this.peer.addTransceiver(kind, { direction: 'sendonly' });
    }
    await this.peer.setLocalDescription(await this.peer.createOffer());
    this.#begin();
    return gathered(this.peer);
  }

  /** Takes the browser's answer to that. */
  async accept(sdp) {
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
  }

  async prepare() {
    for (const transceiver of this.peer.getTransceivers()) {
      const codec = this.channel.publisher?.codec(transceiver.kind);
      transceiver.setDirection(codec ? 'sendonly' : 'inactive');
      // What is published is forwarded as it is.
      const same = transceiver.codecs.filter(
        ({ mimeType }) => mimeType.toLowerCase() === codec?.mimeType.toLowerCase(),
      );
      if (same.length > 0) transceiver.codecs = same;
    }
    this.#begin();
  }

  /** Somebody else publishes here now. */
  follow(channel) {
    this.#unsubscribe();
    const stops = this.peer.getTransceivers().map((transceiver) => {
      const { sender, kind } = transceiver;
      const track = channel.publisher?.tracks.get(kind);
      const source = channel.publisher?.peer.getTransceivers().find((other) => other.kind === kind);
      if (!track) return () => {};
      sender.replaceRTP({});
      const forward = (packet) => {
        sender.sendRtp(forwarded(packet, source, transceiver)).catch(() => {});
      };
      const { unSubscribe } = track.onReceiveRtp.subscribe(forward);
      return unSubscribe;
    });
    this.#unsubscribe = () => {
      for (const stop of stops) stop();
    };
    channel.requestKeyframe();
  }

  #begin() {
    if (this.channel.players.has(this)) return;
    this.channel.players.add(this);
    this.follow(this.channel);
    // Whoever lost a picture asks for one. Firefox also names sources of its own, for which werift asks its receiver.
    for (const { sender, receiver, kind } of this.peer.getTransceivers()) {
      if (kind !== 'video') continue;
      sender.onPictureLossIndication.subscribe(() => this.channel.requestKeyframe());
      receiver.onRtcp.subscribe(({ feedback }) => {
        if (feedback instanceof PictureLossIndication) this.channel.requestKeyframe();
      });
    }
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') this.channel.requestKeyframe();
    });
  }

  close() {
    this.#unsubscribe();
    super.close();
  }
}
