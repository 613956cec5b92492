import { adoptStyles, type CSSResult, type ReactiveElement } from '@lit/reactive-element';

/**
 * The shadow root of an element, with the styles of its class. A document takes no style sheets that were made in another one:
 * an element that is moved to the document of a window or a frame gets sheets of that document.
 *
 * @param styles The styles to use instead of those of the class.
 */
export function styledRoot(host: ReactiveElement, styles?: CSSResult[]): ShadowRoot {
  const { elementStyles, shadowRootOptions } = host.constructor as typeof ReactiveElement;
  const all = styles ?? elementStyles;
  const root = host.shadowRoot ?? host.attachShadow(shadowRootOptions);
  const { ownerDocument } = host;
  const view = ownerDocument.defaultView;
  if (ownerDocument === document) adoptStyles(root, all);
  else if (view) {
    root.adoptedStyleSheets = all.map((each) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync((each as CSSResult).cssText);
      return sheet;
    });
  }
  return root;
}
