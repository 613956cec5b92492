import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { readAttribute, writeAttribute } from './attributes.js';

const presets = [
  { name: '360p', width: '640', height: '360' },
  { name: '540p', width: '960', height: '540' },
  { name: '720p', width: '1280', height: '720' },
  { name: '1080p', width: '1920', height: '1080' },
] as const;

/** Common sizes as radio buttons. None is checked while the element has another size. */
export function sizePresets(element: Element): TemplateResult {
  const [width, height] = [readAttribute(element, 'width'), readAttribute(element, 'height')];
  const choose = (preset: (typeof presets)[number]) => {
    writeAttribute(element, 'width', preset.width);
    writeAttribute(element, 'height', preset.height);
  };
  return html`
    <div class="segments" role="radiogroup" aria-label="Common sizes">
      ${presets.map(
        (preset) => html`
          <label>
            <input
              type="radio"
              name="size"
              value=${preset.name}
              .checked=${live(preset.width === width && preset.height === height)}
              @change=${() => choose(preset)}
            />${preset.name}
          </label>
        `,
      )}
    </div>
  `;
}
