/** New statistics of an element. */
export class StatsEvent<Stats> extends Event {
  constructor(
    /** The statistics, since the last event and in total. */
    readonly stats: Stats,
  ) {
    super('stats');
  }
}
