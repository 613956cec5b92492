/** A browser page in which Storybook plays stories, with the errors of each. */

/** Runs in the page before Storybook: keeps the results that arrive on its channel. */
function listen() {
  const failures = {
    playFunctionThrewException: (error) => error.message,
    storyThrewException: (error) => error.message,
    storyErrored: ({ title, description }) => `${title}: ${description}`,
    storyMissing: () => 'the story does not exist',
  };
  let messages = [];
  let shown = null;
  let channel;
  Object.defineProperty(window, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(value) {
      channel = value;
      for (const [event, message] of Object.entries(failures)) {
        channel.on(event, (payload) => {
          messages.push(message(payload));
          if (event !== 'playFunctionThrewException') window.storyResult = { messages, violations: [] };
        });
      }
      channel.on('storyFinished', ({ storyId, status, reporters }) => {
        if (shown !== null && storyId !== shown) return;
        const failed = reporters.filter((report) => report.type === 'a11y' && report.status === 'failed');
        const violations = failed.flatMap(({ result }) => result.violations ?? []);
        if (status !== 'success' && messages.length === 0 && failed.length === 0)
          messages.push(`the story ended with status ${status}`);
        window.storyResult = {
          messages,
          violations: violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) })),
        };
      });
    },
  });
  window.showStory = (storyId) => {
    shown = storyId;
    messages = [];
    window.storyResult = undefined;
    channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
  };
}

/**
 * Opens a page for stories. Resolves to a function that plays one story and resolves to the list of its errors. It shows the
 * story in the page of the previous one, or in a page that was loaded for it.
 */
export async function openStoryPage(browser, origin, timeout = 30_000) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  await page.evaluateOnNewDocument(listen);

  return async function play(id, isInSamePage = false) {
    errors.length = 0;
    if (isInSamePage) await page.evaluate((storyId) => window.showStory(storyId), id);
    else await page.goto(`${origin}/iframe.html?id=${encodeURIComponent(id)}&viewMode=story`);
    try {
      const handle = await page.waitForFunction(() => window.storyResult, { timeout });
      const { messages, violations } = await handle.jsonValue();
      const accessibility = violations.map(({ help, nodes }) => `${help}: ${nodes.join(' ')}`);
      return [...messages, ...accessibility, ...errors];
    } catch (error) {
      return [error.message, ...errors];
    }
  };
}
