import { freezeConfiguration } from './configuration.js';

/** How a worker or worklet of the library is loaded. */
export interface Ladder<T> {
  readonly what: 'worker' | 'worklet';
  /** Has the whole `new URL(…, import.meta.url)` inside its call, since bundlers look for that. */
  readonly fromFile: () => Promise<T>;
  readonly fromUrl: (url: string | URL) => Promise<T>;
  readonly text: () => Promise<{ readonly text: string }>;
}

/**
 * Loads from where `configure()` says; else from the file; else from the text, since another origin's file is refused,
 * bundlers lose it, and servers answer with a page.
 * @throws {DOMException} `NetworkError` that says what to do.
 */
export async function climb<T>({ what, fromFile, fromUrl, text }: Ladder<T>): Promise<T> {
  const configured = freezeConfiguration()[`${what}Url`] as URL | undefined;
  try {
    return await (configured ? fromUrl(configured) : fromFile());
  } catch {
    if (configured) throw lost(what, `from ${configured}, which configure() gave: serve`);
  }
  const url = URL.createObjectURL(new Blob([(await text()).text], { type: 'text/javascript' }));
  try {
    return await fromUrl(url);
  } catch {
    throw lost(
      what,
      `from its file or a blob: with a content security policy, call configure({ ${what}Url }) and serve`,
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

const lost = (what: string, where: string): DOMException =>
  new DOMException(`The ${what} did not load ${where} track-elements/engine/${what}.js there.`, 'NetworkError');
