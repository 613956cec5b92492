import { html, render } from 'lit';
import { readAttribute, watchAttributes, writeAttribute } from './attribute.js';

/** Networks as people meet them, by what goes wrong in them. */
const networks: readonly { name: string; impairments: Readonly<Record<string, number>> }[] = [
  { name: 'clean', impairments: {} },
  { name: 'lossy', impairments: { loss: 0.05 } },
  { name: 'far', impairments: { delay: 600, jitter: 60 } },
  { name: 'stalling', impairments: { jitter: 120, freeze: 1500 } },
];

const names = ['loss', 'delay', 'jitter', 'freeze'];

/** Usual networks as radio buttons; none is checked while the element has another one. */
export function fillNetworks(group: HTMLElement, element: Element): void {
  const choose = (impairments: Readonly<Record<string, number>>) => {
    for (const name of names) writeAttribute(element, name, String(impairments[name] ?? 0));
  };
  watchAttributes(element, () => {
    const given = names.map((name) => Number(readAttribute(element, name))).join();
    render(
      networks.map(
        ({ name, impairments }) => html`
          <label>
            <input
              type="radio"
              name="network"
              value=${name}
              .checked=${names.map((each) => impairments[each] ?? 0).join() === given}
              @change=${() => choose(impairments)}
            />${name}
          </label>
        `,
      ),
      group,
    );
  });
}

/** Those that carry no media of their own. */
const helpers = /^(rtx|red|ulpfec|flexfec-\d+)$/i;

/** The codecs that this browser can send pictures with, as options. */
export function fillCodecs(select: HTMLSelectElement): void {
  const { codecs = [] } = globalThis.RTCRtpSender?.getCapabilities('video') ?? {};
  const all = new Set(codecs.map(({ mimeType }) => mimeType.replace(/^video\//, '')));
  const media = [...all].filter((name) => !helpers.test(name));
  select.replaceChildren(new Option('as the browser decides', ''), ...media.map((name) => new Option(name, name)));
}
