/* Interfaces of browsers that TypeScript's DOM library lacks. This file is not published: public types cannot use it. */

/** Only in workers. */
interface FileSystemSyncAccessHandle {
  truncate(size: number): void;
  write(data: BufferSource, options: { at: number }): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle?(): Promise<FileSystemSyncAccessHandle>;
}
