import { adoptStyles, type CSSResult, type ReactiveElement } from '@lit/reactive-element';

/**
 * The shadow root of an element, with the styles of its class. A document takes no style sheets that were made in another one:
 * an element that is moved to the document of a window or a frame gets sheets of that document.
 */
export function styledRoot(host: ReactiveElement): ShadowRoot {
  const { elementStyles, shadowRootOptions } = host.constructor as typeof ReactiveElement;
  const root = host.shadowRoot ?? host.attachShadow(shadowRootOptions);
  const { ownerDocument } = host;
  const view = ownerDocument.defaultView;
  if (ownerDocument === document) adoptStyles(root, elementStyles);
  else if (view) {
    root.adoptedStyleSheets = elementStyles.map((styles) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync((styles as CSSResult).cssText);
      return sheet;
    });
  }
  return root;
}
