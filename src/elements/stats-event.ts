/** New figures. */
export class StatsEvent<Stats> extends Event {
  constructor(
    /** What was measured. */
    readonly stats: Stats,
  ) {
    super('stats');
  }
}
