/** Films whose pictures and samples have the marks of their frames. */
import { executeServerCommand } from '@web/test-runner-commands';

export interface FilmInit {
  /** `old` has video that no browser decodes: MPEG-4 part 2, in MP4. */
  readonly format: 'webm' | 'mp4' | 'mkv' | 'old';
  /** Default: 3. */
  readonly seconds?: number;
  /** Frames per second. Default: 30. */
  readonly rate?: number;
  /** Default: both. */
  readonly kinds?: readonly ('video' | 'audio')[];
  /** Degrees clockwise by which the file says that its pictures are shown. Only MP4 has it. Default: none. */
  readonly rotation?: 90 | 180 | 270;
  /** The pictures that the film lacks, so that the ones before are shown for longer: FFmpeg's expression of their number `n`. */
  readonly leftOut?: string;
}

const films = new Map<string, Promise<Blob | null>>();

/** Resolves to `null` where FFmpeg is not installed: `(await markedFilm(…)) ?? skip(this, noFfmpeg)`. Each is made once. */
export function markedFilm(init: FilmInit): Promise<Blob | null> {
  const key = JSON.stringify(init);
  const film = films.get(key) ?? make(init);
  films.set(key, film);
  return film;
}

async function make(init: FilmInit): Promise<Blob | null> {
  const base64 = await executeServerCommand<string | null, FilmInit>('marked-film', init);
  if (!base64) return null;
  const response = await fetch(`data:application/octet-stream;base64,${base64}`);
  return response.blob();
}
