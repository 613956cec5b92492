/** One path of the server: what is published there, and who plays it. */
export class Channel {
  publisher = null;
  players = new Set();

  /** Takes what a publisher sends from now on. */
  publish(session) {
    this.publisher = session;
    for (const player of this.players) player.follow(this);
  }

  /** Forgets a session. */
  leave(session) {
    this.players.delete(session);
    if (this.publisher === session) this.publisher = null;
  }

  /** Asks the publisher for a picture that stands alone, as somebody new needs it. */
  requestKeyframe() {
    this.publisher?.requestKeyframe();
  }
}
