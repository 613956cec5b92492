import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ParameterRecord, SignalRecord } from 'track-elements/signals';
import { formatJson } from '../demo/format-json.js';
import { prose, recordOf } from '../demo/signal-picker.js';

/**
 * A table of the parameters of a signal, as the catalogue has them. Each value is edited as JSON.
 *
 * @param params The text of the attribute `params`.
 * @param onChange Gets the new text of the attribute.
 */
export function parameterTable(
  kind: SignalRecord['kind'],
  name: string,
  params: string,
  onChange: (params: string) => void,
): TemplateResult {
  const record = recordOf(kind, name);
  if (!record || record.parameters.length === 0) {
    return html`<p class="parameters-none">
      ${record ? html`<code>${name}</code> has no parameters: <code>params</code> stays empty.` : nothing}
    </p>`;
  }
  const values = valuesOf(params);
  const set = (parameter: ParameterRecord, text: string) => {
    const { [parameter.name]: _, ...others } = values;
    const value = readJson(text);
    onChange(formatJson(value === undefined ? others : { ...others, [parameter.name]: value }));
  };
  return html`
    <table class="parameters">
      <caption>
        <code>params</code> of ${record.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Value, as JSON</th>
          <th scope="col">Accepts</th>
          <th scope="col">Default</th>
        </tr>
      </thead>
      <tbody>
        ${record.parameters.map(
          (parameter) => html`
            <tr>
              <th scope="row"><code>${parameter.name}</code></th>
              <td>
                <input
                  aria-label="Value of ${parameter.name}"
                  spellcheck="false"
                  placeholder="default"
                  .value=${live(parameter.name in values ? formatJson(values[parameter.name]) : '')}
                  @change=${({ target }: Event) => set(parameter, (target as HTMLInputElement).value)}
                />
              </td>
              <td>${typeOf(parameter)}<br /><span class="summary">${prose(parameter.summary)}</span></td>
              <td>${defaultOf(parameter)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/** The values that a parameter accepts, in words. */
function typeOf(parameter: ParameterRecord): unknown {
  if (parameter.type === 'choice')
    return parameter.options.map((option, i) => [i ? ', ' : '', html`<code>"${option}"</code>`]);
  if (parameter.type === 'boolean') return html`<code>true</code> or <code>false</code>`;
  if (parameter.type === 'color') return 'a CSS color';
  if (parameter.type === 'list') return 'a list';
  if (parameter.type === 'text') return 'a text';
  const { min, max, unit, whole } = parameter;
  const range = [min === undefined ? '' : ` from ${min}`, max === undefined ? '' : ` to ${max}`].join('');
  return `a ${whole ? 'whole ' : ''}number${unit ? ` of ${unit}` : ''}${range}`;
}

function defaultOf({ default: value }: ParameterRecord): unknown {
  if (value === undefined) return 'depends';
  const text = formatJson(value);
  return html`<code title=${text}>${text.length > 40 ? `${text.slice(0, 38)}…` : text}</code>`;
}

function valuesOf(params: string): Readonly<Record<string, unknown>> {
  const value = readJson(params);
  return Object(value) === value ? (value as Record<string, unknown>) : {};
}

/** Text that is not JSON stays text: the element's error says what it accepts. */
function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
