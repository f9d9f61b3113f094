// A rule while it is being written: its text is the only truth, and everything else is read from it.
import type { RuleKind } from '../../../../model/index.ts';
import { editRule, looseFields, printRule, tidyKql, type RuleEdit } from '../../../../rules/index.ts';

/** What the header and the KQL box show, whatever the schema thinks of it; strings as written. */
export interface DraftFields { readonly kind: RuleKind; readonly name: string; readonly description: string; readonly order: string; readonly targets: string; readonly expires: string; readonly location: string; readonly kql: string }

/** Null when the text is no valid YAML: then only the document itself can be edited. */
export function fieldsOf(text: string): DraftFields | null {
  const loose = text.trim() === '' ? {} : looseFields(text);
  if (loose === null) return null;
  const field = (name: string, fallback = ''): string => { const value = loose[name]; return value === undefined || value === null ? fallback : typeof value === 'object' ? JSON.stringify(value) : String(value); };
  return {
    kind: loose['kind'] === 'state-machine' ? 'state-machine' : 'query', name: field('name'), description: field('description'), order: field('order', '100'),
    targets: field('targets'), expires: field('expires'), location: field('location', 'on-box'), kql: tidyKql(field('kql')),
  };
}

/** The text with the edits; null when the text is no valid YAML or has no place for them. */
export function edited(text: string, edits: readonly RuleEdit[]): string | null {
  const result = editRule(text, edits);
  return result.ok ? result.value : null;
}

/** A new query rule around some KQL. An empty name is left for the person to write. */
export function newQueryText(given: { readonly name: string; readonly description: string; readonly kql: string }): string {
  const whole = printRule({ weir: 1, kind: 'query', name: given.name === '' ? 'name' : given.name, description: given.description, location: 'on-box', targets: '', order: 100, kql: given.kql === '' ? 'Logs' : given.kql });
  const named = given.name === '' ? edited(whole, [{ path: ['name'], value: '' }]) ?? whole : whole;
  return given.kql === '' ? edited(named, [{ path: ['kql'], value: '' }]) ?? named : named;
}

/** A net to begin with: two states, one transition that waits for a condition, a CPU sample in the second. */
export function newMachineText(name: string): string {
  return printRule({
    weir: 1, kind: 'state-machine', name, description: '', location: 'on-box', targets: '', order: 100, key: ['ServiceName'], initial: 'watching',
    states: {
      watching: { on: [{ when: 'EventName == "QueueDepth"', count: 5, within: '30s', to: 'caught' }] },
      caught: { enter: [{ action: 'cpu-sample', duration: '10s' }], after: { '5m': 'watching' } },
    },
    limits: { actions: 3, per: '1h', cooldown: '10m' },
  });
}
