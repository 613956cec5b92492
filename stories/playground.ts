import { html, type TemplateResult } from 'lit';
import { useArgs } from 'storybook/preview-api';
import type { SignalRecord } from 'track-elements/signals';
import { parameterTable } from './parameter-table.js';
import { errorPlace } from './players.js';

/**
 * A player, the source that it plays, the source's error, and a table of the parameters of the chosen signal. Editing
 * the table changes the story's `params`.
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
      ${player} ${errorPlace} ${source}
      ${parameterTable(kind, name, String(params), (text) => updateArgs({ params: text }))}
    </div>
  `;
}
