import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { readAttribute, watchAttributes, writeAttribute } from './attributes.js';
import type { Option } from './fields.js';

type Faults = Readonly<Partial<Record<(typeof faultNames)[number], number>>>;

const faultNames = ['loss', 'delay', 'jitter', 'freeze'] as const;

/** Networks with typical faults. */
const presets: readonly { readonly name: string; readonly text: string; readonly faults: Faults }[] = [
  { name: 'perfect', text: 'no faults', faults: {} },
  { name: 'lossy', text: 'loss', faults: { loss: 0.05 } },
  { name: 'slow', text: 'delay', faults: { delay: 600, jitter: 60 } },
  { name: 'freezing', text: 'freezes', faults: { jitter: 120, freeze: 1500 } },
];

/** The presets as radio buttons. None is checked while the loopback has other faults. */
export function showNetworkPresets(group: HTMLElement, loopback: Element): void {
  const choose = (faults: Faults) => {
    for (const name of faultNames) writeAttribute(loopback, name, String(faults[name] ?? 0));
  };
  const isChosen = (faults: Faults) =>
    faultNames.every((name) => Number(readAttribute(loopback, name)) === (faults[name] ?? 0));
  watchAttributes(loopback, () => {
    render(
      presets.map(
        ({ name, text, faults }) => html`
          <label>
            <input
              type="radio"
              name="network"
              value=${name}
              .checked=${live(isChosen(faults))}
              @change=${() => choose(faults)}
            />${text}
          </label>
        `,
      ),
      group,
    );
  });
}

/** Formats that repair or repeat other packets. They carry no media themselves, so nobody chooses them. */
const repairFormats = /^(rtx|red|ulpfec|flexfec-\d+)$/i;

/** The video codecs that this browser can send. */
export function videoCodecOptions(): Option[] {
  const { codecs = [] } = globalThis.RTCRtpSender?.getCapabilities('video') ?? {};
  const names = new Set(codecs.map(({ mimeType }) => mimeType.replace(/^video\//, '')));
  const media = [...names].filter((name) => !repairFormats.test(name));
  return [{ value: '', text: 'automatic' }, ...media.map((name) => ({ value: name, text: name }))];
}
