import { html, type TemplateResult } from 'lit';

/** What Vite puts in: `npm run stories` names the server that it starts. */
const { env } = import.meta as { env?: { readonly STORYBOOK_MEDIA_SERVER?: string } };

/**
 * The origin of the embedded media server, or `null` where there is none: the one of `npm run stories`, else that of
 * `npm run sfu`, which is looked for only where the stories come from this machine themselves.
 */
export async function findMediaServer(): Promise<string | null> {
  if (env?.STORYBOOK_MEDIA_SERVER) return env.STORYBOOK_MEDIA_SERVER;
  if (!['localhost', '127.0.0.1'].includes(location.hostname)) return null;
  const origin = 'http://127.0.0.1:8189';
  // That it answers is all there is to know.
  const answer = await fetch(origin, { mode: 'no-cors' }).catch(() => null);
  return answer && origin;
}

/** What stands in a story's place where there is no server. */
export const noMediaServer: TemplateResult = html`
  <p class="absence">
    This story publishes to a media server and plays from it, and none answers here. In the repository,
    <code>npm run sfu</code> starts one beside <code>npm run storybook</code>.
  </p>
`;
