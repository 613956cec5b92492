/** What tests of elements do with the page: put markup in, wait for what is to happen, take everything out. */

let fixtures: Element[] = [];

/** Puts markup into the page. Resolves nothing and waits for nothing: returns its first element. */
export function place<T extends Element = HTMLElement>(markup: string, into: ParentNode = document.body): T {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const elements = [...document.importNode(template.content, true).children];
  into.append(...elements);
  fixtures.push(...elements);
  return elements[0] as T;
}

/** Takes out all that was placed. */
export function clear(): void {
  for (const element of fixtures) element.remove();
  fixtures = [];
}

/** The element with an id, which has to be there. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as unknown as T;
}

/** Waits until something is true, and returns it. */
export async function until<T>(probe: () => T | Promise<T>, what: string, patience = 8000): Promise<NonNullable<T>> {
  const end = performance.now() + patience;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what}: did not come true within ${patience} ms.`);
    await turn(15);
  }
}

/** Repeats an assertion until it holds; what it last said otherwise. */
export async function eventually(assertion: () => void | Promise<void>, patience = 8000): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await turn(30);
    }
  }
}

/** The next event of a kind. */
export function heard<E extends Event = Event>(target: EventTarget, type: string, patience = 8000): Promise<E> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No ${type} event within ${patience} ms.`)), patience);
    const listener = (event: Event) => {
      clearTimeout(late);
      resolve(event as E);
    };
    target.addEventListener(type, listener, { once: true });
  });
}

/** Another turn of the event loop: what was scheduled before has run. */
export const turn = (milliseconds = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('The promise was fulfilled; it should have been rejected.');
}

/** Gathers promises that nobody handles, until `stop()`. */
export function unhandled(): { readonly reasons: unknown[]; stop(): void } {
  const reasons: unknown[] = [];
  const listener = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    reasons.push(event.reason);
  };
  addEventListener('unhandledrejection', listener);
  return { reasons, stop: () => removeEventListener('unhandledrejection', listener) };
}

/** Hands a test to the next with the reason in the log, once a reason. */
export function skip(test: { skip(): never }, reason: string): never {
  if (!given.has(reason)) console.log(`skipped: ${reason}`);
  given.add(reason);
  return test.skip();
}

const given = new Set<string>();

export const hasPeers = typeof RTCPeerConnection === 'function';
