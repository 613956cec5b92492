import { has } from '../features.js';

/**
 * Loads a script's text by a `blob:` URL, which is revoked afterwards. A page of the origin `null`, such as a file of the disk or a
 * sandbox, has a `data:` URL in its place: in Chromium it imports no module from a `blob:` URL.
 */
export async function loadText<T>(text: string, load: (url: string) => Promise<T>): Promise<T> {
  const url =
    origin === 'null'
      ? `data:text/javascript,${encodeURIComponent(text)}`
      : URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await load(trusted(url));
  } finally {
    URL.revokeObjectURL(url);
  }
}

interface TrustedTypePolicy {
  createScriptURL(url: string): string;
}

declare const trustedTypes: { createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy };

let policy: TrustedTypePolicy | null | undefined;

/** The policy `track-elements`, which only the library uses; `null` if the page does not allow it, `undefined` without trusted types. */
export function policyNow(): TrustedTypePolicy | null | undefined {
  if (policy !== undefined || !has('trustedTypes')) return policy;
  try {
    policy = trustedTypes.createPolicy('track-elements', { createScriptURL: (url) => url });
  } catch {
    policy = null;
  }
  return policy;
}

/** A URL as the browser wants it for scripts. */
export const trusted = (url: string): string => policyNow()?.createScriptURL(url) ?? url;
