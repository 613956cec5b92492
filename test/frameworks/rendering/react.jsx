/* An application of React that renders elements in each of the ways that applications have. */
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

function Application({ tag: Tag, properties, items = [], isShown }) {
  return (
    <>
      {Tag && <Tag {...properties} />}
      {items.map(({ key, ...others }) => (
        <pattern-source key={key} {...others} />
      ))}
      {isShown && <pattern-source id="conditional" width={64} height="36" />}
    </>
  );
}

export function mount(container, initial) {
  const root = createRoot(container);
  const set = (state) =>
    flushSync(() =>
      root.render(
        <StrictMode>
          <Application {...state} />
        </StrictMode>,
      ),
    );
  set(initial);
  return { set, remove: () => root.unmount() };
}
