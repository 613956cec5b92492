/** Films whose pictures and samples have the marks of their frames. */
import { executeServerCommand } from '@web/test-runner-commands';

export interface FilmInit {
  readonly format: 'webm' | 'mp4' | 'mkv';
  /** Default: 3. */
  readonly seconds?: number;
  /** Frames per second. Default: 30. */
  readonly rate?: number;
  /** Default: both. */
  readonly kinds?: readonly ('video' | 'audio')[];
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
