/** One path of the server: the session that publishes there, and the sessions that play. */
export class Channel {
  publisher = null;
  players = new Set();
  /** Whether nothing is forwarded, as if the publisher sent nothing. The connections live on. */
  isPaused = false;

  /** Makes a session the publisher, or announces another track of it. */
  publish(session) {
    this.publisher = session;
    for (const player of this.players) player.forwardFrom(this);
  }

  /** Removes a session. */
  remove(session) {
    this.players.delete(session);
    if (this.publisher === session) this.publisher = null;
  }

  /** Asks the publisher for a key frame. A player that begins, or lost packets, needs one. */
  requestKeyframe() {
    this.publisher?.requestKeyframe();
  }
}
