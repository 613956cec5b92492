/**
 * Calls back when the page is on a network again, or on one of another type, until the signal is aborted. Without a page, as in
 * Node, it never does.
 */
export function onNetworkChange(signal: AbortSignal, callback: () => void): void {
  const page = globalThis as Partial<typeof globalThis>;
  page.addEventListener?.('online', callback, { signal });
  // Chromium tells there of another network, but also each time its estimates of the rate and the delay change.
  const { connection } = (page.navigator ?? {}) as { connection?: NetworkInformation };
  let type = connection?.type;
  connection?.addEventListener?.(
    'change',
    () => {
      if (connection.type === type) return;
      type = connection.type;
      // The loss of the network is no reason to try now. When it comes back, there is a separate event.
      if (type !== 'none') callback();
    },
    { signal },
  );
}

interface NetworkInformation extends EventTarget {
  /** Not on every system: `wifi`, `cellular`, `ethernet`, `none`, … */
  readonly type?: string;
}
