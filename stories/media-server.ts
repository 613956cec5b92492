import { html, type TemplateResult } from 'lit';

/** Set by Vite, if `npm run stories` has started a media server. */
const { env } = import.meta as { env?: { readonly STORYBOOK_MEDIA_SERVER?: string } };

/** The media server of `npm run sfu`. */
const LOCAL_SERVER = 'http://127.0.0.1:8189';

/**
 * The origin of a media server: that of `npm run stories`, else that of `npm run sfu` if the stories are served from this
 * machine; `null` if there is none.
 */
export async function findMediaServer(): Promise<string | null> {
  if (env?.STORYBOOK_MEDIA_SERVER) return env.STORYBOOK_MEDIA_SERVER;
  if (!['localhost', '127.0.0.1'].includes(location.hostname)) return null;
  // Without CORS a page learns only that something answers, which is enough.
  const answer = await fetch(LOCAL_SERVER, { mode: 'no-cors' }).catch(() => null);
  return answer && LOCAL_SERVER;
}

/** Shown in place of a story that needs a media server. */
export const noMediaServer: TemplateResult = html`
  <p class="placeholder">
    This story publishes to a media server and plays from it, but no media server is running. In the repository,
    <code>npm run sfu</code> starts one; run it beside <code>npm run storybook</code>.
  </p>
`;
