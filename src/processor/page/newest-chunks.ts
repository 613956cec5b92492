/**
 * A queue between a track and a stream that is read too slowly: it keeps the newest chunks. The stream asks for a chunk only
 * when somebody reads, so that nothing waits anywhere else.
 */
export class NewestChunks<Chunk> {
  readonly #limit: number;
  readonly #drop: (chunk: Chunk) => void;
  #waiting: Chunk[] = [];
  #isAsked = false;
  #end: { readonly error?: Error } | null = null;
  #send: (chunk: Chunk) => void = () => {};
  #settle: (end: { readonly error?: Error }) => void = () => {};
  #read = 0;
  #discarded = 0;

  /**
   * @param limit Chunks that wait; when there is one more, the oldest is dropped.
   * @param drop Frees a chunk that nobody reads.
   */
  constructor(limit: number, drop: (chunk: Chunk) => void) {
    this.#limit = limit;
    this.#drop = drop;
  }

  get read(): number {
    return this.#read;
  }

  get discarded(): number {
    return this.#discarded;
  }

  /** Counts chunks that were dropped before they came here. */
  skip(count: number): void {
    this.#discarded += count;
  }

  /** Adds a chunk, unless the queue has ended. */
  push(chunk: Chunk): void {
    if (this.#end) {
      this.#drop(chunk);
      return;
    }
    this.#waiting.push(chunk);
    this.#deliver();
    const oldest = this.#waiting.length > this.#limit ? this.#waiting.shift() : undefined;
    if (oldest === undefined) return;
    this.#discarded++;
    this.#drop(oldest);
  }

  /** The stream of the chunks. There is one for each queue. */
  open<Result>(convert: (chunk: Chunk) => Result, cancel: () => void): ReadableStream<Result> {
    const start = (controller: ReadableStreamDefaultController<Result>) => {
      this.#send = (chunk) => controller.enqueue(convert(chunk));
      this.#settle = ({ error }) => (error ? controller.error(error) : controller.close());
      if (this.#end) this.#settle(this.#end);
    };
    const pull = () => {
      this.#isAsked = true;
      this.#deliver();
    };
    const end = () => {
      // The reader has closed the stream already.
      this.#settle = () => {};
      cancel();
    };
    return new ReadableStream<Result>({ start, pull, cancel: end }, { highWaterMark: 0 });
  }

  /** Closes the stream, or makes it fail, and drops what waits. */
  end(error?: Error): void {
    if (this.#end) return;
    this.#end = error ? { error } : {};
    for (const chunk of this.#waiting.splice(0)) this.#drop(chunk);
    this.#settle(this.#end);
  }

  #deliver(): void {
    const chunk = this.#isAsked ? this.#waiting.shift() : undefined;
    if (chunk === undefined) return;
    this.#isAsked = false;
    this.#read++;
    this.#send(chunk);
  }
}
