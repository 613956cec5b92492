/** The sessions of the media server: a browser that publishes, and a browser that plays. */
import { randomUUID } from 'node:crypto';
import { PictureLossIndication } from 'werift';
import { allowBitrate, completeDescription, copyForPeer, openPeer } from './werift.js';

/** How long a browser may take to connect. */
const CONNECT_TIMEOUT_MS = 20_000;

/** One peer connection with a browser, and the state of its HTTP resource. */
class Session {
  id = randomUUID();
  isClosed = false;
  /** The browser's offer; or its answer to the server's offer, as an offer. */
  #offer = '';
  #restartCount = 0;
  /** Each ends the freeze of one transport. */
  #thaws = new Set();
  #thawsAtRestart = false;

  constructor(channel, peerOptions) {
    this.channel = channel;
    this.peer = openPeer(peerOptions);
    // The browser may never connect, or vanish without a DELETE, so that consent expires.
    const timeout = setTimeout(() => this.peer.connectionState !== 'connected' && this.close(), CONNECT_TIMEOUT_MS);
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') clearTimeout(timeout);
      if (state === 'failed' || state === 'closed') this.close();
    });
  }

  get etag() {
    return `"${this.id.slice(0, 8)}-${this.#restartCount}"`;
  }

  /** Answers the browser's offer. */
  async answer(sdp) {
    this.#offer = sdp;
    // A `.local` name can only be resolved by multicast DNS, which werift does not do.
    const usable = sdp.replace(/^a=candidate:.*\.local .*\r?\n/gm, '');
    await this.peer.setRemoteDescription({ type: 'offer', sdp: usable });
    await this.prepareAnswer();
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    return completeDescription(this.peer);
  }

  /** Accepts the browser's answer to the server's offer. */
  async acceptAnswer(sdp) {
    this.#offer = sdp.replace(/^a=setup:\w+/gm, 'a=setup:actpass');
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
  }

  /** Adds candidates and resolves to `null`. If the fragment has new credentials, restarts ICE and resolves to a fragment. */
  async applyFragment(fragment) {
    const [ufrag, pwd] = ['ice-ufrag', 'ice-pwd'].map(
      (name) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(fragment)?.[1],
    );
    const candidates = [...fragment.matchAll(/^a=(candidate:.*?)\r?$/gm)].map(([, candidate]) => candidate);
    if (ufrag && this.#offer && !this.#offer.includes(`a=ice-ufrag:${ufrag}`)) return this.#restart(ufrag, pwd);
    const sdpMid = /^a=mid:(\S+)/m.exec(fragment)?.[1];
    for (const candidate of candidates) {
      if (!candidate.includes('.local')) await this.peer.addIceCandidate({ candidate, sdpMid }).catch(() => {});
    }
    return null;
  }

  async #restart(ufrag, pwd) {
    if (this.#thawsAtRestart) this.thaw();
    const offer = this.#offer
      .replace(/^a=ice-ufrag:.*$/gm, `a=ice-ufrag:${ufrag}`)
      .replace(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${pwd}`)
      .replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
    const sdp = await this.answer(offer);
    // werift does not begin new connectivity checks by itself once DTLS is connected.
    for (const transport of this.peer.iceTransports) {
      if (!transport.connection.nominated) transport.start().catch(() => {});
    }
    this.#restartCount += 1;
    const lines = sdp.split(/\r?\n/);
    const firstLine = (start) => lines.find((line) => line.startsWith(start));
    const candidates = new Set(lines.filter((line) => line.startsWith('a=candidate:')));
    return ['m=', 'a=mid:', 'a=ice-ufrag:', 'a=ice-pwd:']
      .map(firstLine)
      .concat(...candidates, 'a=end-of-candidates', '')
      .join('\r\n');
  }

  /** Sends nothing for a while, or until `thaw()` or the next restart of ICE, as if the network failed. */
  freeze(milliseconds, untilRestart = false) {
    this.#thawsAtRestart = untilRestart;
    const transports = new Set(
      this.peer.iceTransports.flatMap(({ connection }) => connection.protocols.map(({ transport }) => transport)),
    );
    for (const transport of transports) {
      const { send } = transport;
      const thaw = () => {
        transport.send = send;
        clearTimeout(timer);
        this.#thaws.delete(thaw);
      };
      const timer = setTimeout(thaw, milliseconds);
      transport.send = async () => {};
      this.#thaws.add(thaw);
    }
  }

  /** Sends again. */
  thaw() {
    for (const thaw of this.#thaws) thaw();
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.channel.remove(this);
    this.peer.close().catch(() => {});
    this.onclose?.();
  }
}

/** A browser that publishes. */
export class Publisher extends Session {
  kind = 'whip';
  tracks = new Map();

  constructor(channel, peerOptions) {
    super(channel, peerOptions);
    this.peer.onTrack.subscribe((track) => {
      // Of several simulcast layers, only the one that arrived last is forwarded.
      this.tracks.set(track.kind, track);
      this.channel.publish(this);
    });
    const timer = setInterval(() => this.#allowBitrate(), 250);
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === 'closed' || state === 'failed') clearInterval(timer);
    });
  }

  #allowBitrate() {
    const [receiver, track] = [this.#videoReceiver, this.tracks.get('video')];
    if (receiver && track?.ssrc && this.peer.connectionState === 'connected') void allowBitrate(receiver, track.ssrc);
  }

  get #videoReceiver() {
    return this.peer.getTransceivers().find(({ kind }) => kind === 'video')?.receiver;
  }

  async prepareAnswer() {
    for (const transceiver of this.peer.getTransceivers()) transceiver.setDirection('recvonly');
  }

  /** The negotiated codec of a kind of tracks. */
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

  /** Makes an offer, in place of an answer. */
  async createOffer() {
    for (const kind of this.channel.publisher?.tracks.keys() ?? []) {
      this.peer.addTransceiver(kind, { direction: 'sendonly' });
    }
    await this.peer.setLocalDescription(await this.peer.createOffer());
    this.#join();
    return completeDescription(this.peer);
  }

  async prepareAnswer() {
    for (const transceiver of this.peer.getTransceivers()) {
      const codec = this.channel.publisher?.codec(transceiver.kind);
      transceiver.setDirection(codec ? 'sendonly' : 'inactive');
      // Packets are forwarded as they are, so the codec has to be the publisher's.
      const sameCodecs = transceiver.codecs.filter(
        ({ mimeType }) => mimeType.toLowerCase() === codec?.mimeType.toLowerCase(),
      );
      // `setCodecPreferences()` exists only in versions of werift that need Node 22.
      if (sameCodecs.length > 0) transceiver.codecs = sameCodecs;
    }
    this.#join();
  }

  /** Forwards the packets of the channel's publisher, in place of those of the previous one. */
  forwardFrom(channel) {
    this.#unsubscribe();
    const stops = this.peer.getTransceivers().map((transceiver) => {
      const { sender, kind } = transceiver;
      const track = channel.publisher?.tracks.get(kind);
      const source = channel.publisher?.peer.getTransceivers().find((other) => other.kind === kind);
      if (!track) return () => {};
      // Packets keep the publisher's numbers: the offsets become 0.
      sender.replaceRTP({ sequenceNumber: sender.sequenceNumber, timestamp: sender.timestamp });
      const forward = (packet) => {
        if (!channel.isPaused) sender.sendRtp(copyForPeer(packet, source, transceiver)).catch(() => {});
      };
      const { unSubscribe } = track.onReceiveRtp.subscribe(forward);
      return unSubscribe;
    });
    this.#unsubscribe = () => {
      for (const stop of stops) stop();
    };
    channel.requestKeyframe();
  }

  /** Becomes a player of the channel. */
  #join() {
    if (this.channel.players.has(this)) return;
    this.channel.players.add(this);
    this.forwardFrom(this.channel);
    // A browser that lost packets asks for a key frame. Firefox also names SSRCs of its own in these requests; werift
    // reports those to the receiver.
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
