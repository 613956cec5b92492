import { html, type TemplateResult } from 'lit';
import { useArgs } from 'storybook/preview-api';
import type { SignalRecord } from 'track-elements/signals';
import { parameterTable } from './parameters.js';

/**
 * A player, the source that is for it, and below it the parameters that only the chosen signal has. Editing them changes
 * the story's `params`; what the source complains of stands in between, for as long as it holds.
 */
export function playground(
  { kind, name }: Pick<SignalRecord, 'kind' | 'name'>,
  params: unknown,
  player: TemplateResult,
  source: TemplateResult,
): TemplateResult {
  const [, updateArgs] = useArgs();
  return html`
    <div class="playground">
      ${player}
      <p class="complaint" role="alert"></p>
      ${source} ${parameterTable(kind, name, String(params), (text) => updateArgs({ params: text }))}
    </div>
  `;
}
