/** A client of the W3C WebDriver protocol, with the commands that the bench needs. */
export async function openSession({ port, capabilities }) {
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    return value;
  };
  const { sessionId } = await send('POST', '', { capabilities: { alwaysMatch: capabilities } });
  const timeouts = { script: 120_000 };
  await send('POST', `/${sessionId}/timeouts`, timeouts);
  return {
    open: (url) => send('POST', `/${sessionId}/url`, { url }),
    /** Calls a function in the page, and resolves to its result. */
    async run(callee, args) {
      const script = `const done = arguments[0];
        (${callee})(...${JSON.stringify(args)}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await send('POST', `/${sessionId}/execute/async`, { script, args: [] });
      if (error) throw new Error(error);
      return value;
    },
    /** Runs the body of a function in the page, and resolves to the value that it returns. */
    execute: (script) => send('POST', `/${sessionId}/execute/sync`, { script, args: [] }),
    close: () => send('DELETE', `/${sessionId}`),
  };
}
