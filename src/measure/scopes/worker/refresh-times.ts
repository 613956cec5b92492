/** When to draw: at a rate, with the frames and blocks of audio that come. */
export class RefreshTimes {
  /** Milliseconds between two drawings. */
  interval = 1000 / 15;
  #due = Number.NEGATIVE_INFINITY;

  /** Whether the next data is drawn. @param now Milliseconds. */
  isDue(now: number): boolean {
    // A frame that comes a little early is drawn: the next one would be late by a whole frame.
    if (now < this.#due - TOLERANCE * this.interval) return false;
    // After a pause it begins again, and does not catch up.
    const isLate = now > this.#due + this.interval;
    this.#due = (isLate ? now : this.#due) + this.interval;
    return true;
  }
}

/** Early by this part of the time between two drawings. */
const TOLERANCE = 0.15;
