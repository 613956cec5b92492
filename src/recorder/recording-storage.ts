/** Where a recording is written. Everything written before a `commit()` survives the end of the page. */
export interface RecordingStorage {
  /** Bytes from the beginning to the furthest that was written. */
  readonly size: number;
  write(data: Uint8Array<ArrayBuffer>, position: number): void | Promise<void>;
  commit(): Promise<void>;
  /** Everything that was written, as it is after a commit. */
  read(): Promise<Blob>;
  /** A storage for a second version; `close()` puts it in the place of this one. `null` if there can be none. */
  replacement(): Promise<RecordingStorage | null>;
  /** Puts what was written in the place of an earlier version, and continues. */
  reopen(): Promise<void>;
  close(): Promise<void>;
  /** Closes it without what was written since the last commit, where that is possible: an earlier version stays. */
  discard(): Promise<void>;
}

/** Keeps a recording in blobs, which browsers may keep on the disk. */
export class MemoryStorage implements RecordingStorage {
  #pieces: { readonly start: number; readonly blob: Blob }[] = [];
  size = 0;

  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    const end = position + data.byteLength;
    if (position >= this.size) {
      this.#pieces.push({ start: position, blob: new Blob([data]) });
      this.size = end;
      return;
    }
    this.#pieces = this.#pieces.flatMap((piece) => {
      const { start, blob } = piece;
      const pieceEnd = start + blob.size;
      if (pieceEnd <= position || start >= end) return [piece];
      const kept = [];
      if (start < position) kept.push({ start, blob: blob.slice(0, position - start) });
      if (pieceEnd > end) kept.push({ start: end, blob: blob.slice(end - start) });
      return kept;
    });
    this.#pieces.push({ start: position, blob: new Blob([data]) });
    this.#pieces.sort((a, b) => a.start - b.start);
    this.size = Math.max(this.size, end);
  }

  /** Joins the pieces: a piece for each packet would make long recordings slow. */
  async commit(): Promise<void> {
    const start = Math.max(
      0,
      this.#pieces.findLastIndex(({ blob }) => blob.size >= PIECE_SIZE),
    );
    const tail = this.#pieces.splice(start);
    if (tail[0]) this.#pieces.push({ start: tail[0].start, blob: new Blob(tail.map(({ blob }) => blob)) });
  }

  async read(): Promise<Blob> {
    return new Blob(this.#pieces.map(({ blob }) => blob));
  }

  async replacement(): Promise<MemoryStorage> {
    return new MemoryStorage();
  }

  async reopen(): Promise<void> {}

  async close(): Promise<void> {}

  async discard(): Promise<void> {}
}

/** Pieces of this many bytes are not joined any more. */
const PIECE_SIZE = 1 << 22;

/**
 * Writes a recording into a file. A file of the origin's private file system is written in place. For every other file,
 * browsers write a temporary file and put it in the place of the real one when the stream is closed. So the stream is closed
 * and opened again at each commit. Opening copies the file, so that the commits of a long recording are as rare as their cost
 * demands.
 */
export class FileStorage implements RecordingStorage {
  readonly #handle: FileSystemFileHandle;
  #access: FileSystemSyncAccessHandle | null = null;
  #writable: FileSystemWritableFileStream | null = null;
  #nextCommit = 0;
  #hasChanged = false;
  /** Whether the file has a version from before the stream was opened. */
  #hasCommitted = false;
  size = 0;

  /** Opens a file and empties it. */
  static async open(handle: FileSystemFileHandle): Promise<FileStorage> {
    const storage = new FileStorage(handle);
    await storage.#open();
    storage.#access?.truncate(0);
    return storage;
  }

  private constructor(handle: FileSystemFileHandle) {
    this.#handle = handle;
  }

  write(data: Uint8Array<ArrayBuffer>, position: number): void | Promise<void> {
    this.size = Math.max(this.size, position + data.byteLength);
    this.#hasChanged = true;
    if (!this.#access) return this.#writable?.write({ type: 'write', data, position });
    this.#access.write(data, { at: position });
  }

  async commit(): Promise<void> {
    if (!this.#hasChanged || performance.now() < this.#nextCommit) return;
    this.#hasChanged = false;
    if (this.#access) {
      this.#access.flush();
      return;
    }
    const start = performance.now();
    const writable = this.#writable;
    // A stream that failed to close cannot be closed again.
    this.#writable = null;
    await writable?.close();
    this.#hasCommitted = true;
    this.#writable = await this.#handle.createWritable({ keepExistingData: true });
    const cost = performance.now() - start;
    this.#nextCommit = performance.now() + cost * COMMIT_SHARE;
  }

  async read(): Promise<Blob> {
    try {
      await this.close();
    } catch (error) {
      // The last commit stays, if there is one.
      if (!this.#hasCommitted) throw error;
    }
    return this.#handle.getFile();
  }

  async replacement(): Promise<RecordingStorage | null> {
    await this.close();
    if (!this.#handle.createWritable) return null;
    const storage = new FileStorage(this.#handle);
    storage.#writable = await this.#handle.createWritable();
    // The first version is whole, and stays until the second one is.
    storage.#nextCommit = Number.POSITIVE_INFINITY;
    return storage;
  }

  async close(): Promise<void> {
    const writable = this.#release();
    await writable?.close();
    this.#hasCommitted ||= writable !== null;
  }

  async discard(): Promise<void> {
    const writable = this.#release();
    await writable?.abort();
  }

  async reopen(): Promise<void> {
    await this.close();
    this.#nextCommit = 0;
    await this.#open();
  }

  /** Ends the writing in place. Returns the stream, which is closed or aborted once. */
  #release(): FileSystemWritableFileStream | null {
    const writable = this.#writable;
    this.#access?.close();
    this.#access = this.#writable = null;
    return writable;
  }

  async #open(): Promise<void> {
    // Only files of the private file system have such a handle, and only one at a time.
    this.#access = (await this.#handle.createSyncAccessHandle?.().catch(() => null)) ?? null;
    if (!this.#access) this.#writable = await this.#handle.createWritable({ keepExistingData: this.size > 0 });
  }
}

/** A commit may take one part of this many of the time. */
const COMMIT_SHARE = 10;
