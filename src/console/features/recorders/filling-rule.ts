// The rule that fills a recorder, as a start: it keeps records on their way too. Pure.
import { kqlString } from '../../../kql/index.ts';
import type { RuleEditorSearch } from '../../state/index.ts';

/** What the editor of a new rule begins with. */
export function fillingRule(recorder: string): Pick<RuleEditorSearch, 'name' | 'kql' | 'description'> {
  const slug = recorder.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return { name: `fill-${slug === '' ? 'recorder' : slug}`.slice(0, 63), description: `Keeps records in the flight recorder ${recorder}; they go on as before.`, kql: `Logs\n| invoke record(${kqlString(recorder)}, true)` };
}
