// A rule while it is being written: its text is the only truth, and everything else is read from it.
import { languageTemplate } from '../../../../engine/language/index.ts';
import { ruleKinds, type RuleKind } from '../../../../model/index.ts';
import { editRule, eventWanted, looseFields, printRule, tidyCode, type RuleEdit } from '../../../../rules/index.ts';

/** What the header and the KQL box show, whatever the schema thinks of it; strings as written. */
export interface DraftFields { readonly kind: RuleKind; readonly name: string; readonly description: string; readonly order: string; readonly targets: string; readonly expires: string; readonly location: string; readonly kql: string; readonly javascript: string }

/** Null when the text is no valid YAML: then only the document itself can be edited. */
export function fieldsOf(text: string): DraftFields | null {
  const loose = text.trim() === '' ? {} : looseFields(text);
  if (loose === null) return null;
  const field = (name: string, fallback = ''): string => { const value = loose[name]; return value === undefined || value === null ? fallback : typeof value === 'object' ? JSON.stringify(value) : String(value); };
  return {
    kind: knownKind(loose) ?? 'query', name: field('name'), description: field('description'), order: field('order', '100'),
    targets: field('targets'), expires: field('expires'), location: field('location', 'on-box'), kql: tidyCode(field('kql')), javascript: tidyCode(field('javascript')),
  };
}

/** Null while the word after `kind:` is none of the kinds: somebody is still writing it. */
function knownKind(loose: Readonly<Record<string, unknown>>): RuleKind | null {
  const { kind = 'states' in loose ? 'state-machine' : 'entries' in loose ? 'redaction-policy' : 'javascript' in loose ? 'language' : 'query' } = loose;
  return ruleKinds.find(known => known === kind) ?? null;
}

const tellsKind = ['kind', 'kql', 'states', 'entries', 'javascript'];

/** The kind that a text says, also when it is no valid YAML at the moment; null when it does not say. */
export function kindOf(text: string): RuleKind | null {
  const loose = text.trim() === '' ? {} : looseFields(text);
  // A text that is empty, or has only begun, is still of the kind that it was.
  if (loose !== null) return tellsKind.some(field => field in loose) ? knownKind(loose) : null;
  const word = /^kind:[ \t]*["']?([\w-]+)/m.exec(text)?.[1];
  return ruleKinds.find(kind => kind === word) ?? (/^states:/m.test(text) ? 'state-machine' : null);
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

/** A policy to begin with: what any detector is sure of is masked everywhere, and what the semantic conventions know as sensitive. */
export const newPolicyText = (name: string): string => `weir: 1
kind: redaction-policy
${name === '' ? 'name: ""' : `name: ${name}`}
description: ""
# What happens to a finding that no entry is about.
mode: mask
detectors: ["*"]
`;

/** A language rule to begin with: it does something with the queue depths that services report. */
export const newLanguageText = (name: string): string => printRule({
  weir: 1, kind: 'language', name, description: '', location: 'on-box', targets: '', order: 100, signals: ['logs'], when: 'EventName == "QueueDepth"', limits: { actions: 3, per: '1h', cooldown: '10m' }, javascript: languageTemplate,
});

/** A net to begin with: two states, one transition that waits for a condition, a CPU sample in the second. */
export function newMachineText(name: string): string {
  return printRule({
    weir: 1, kind: 'state-machine', name, description: '', location: 'on-box', targets: '', order: 100, key: ['ServiceName'], initial: 'watching',
    states: {
      watching: { on: [{ when: eventWanted, count: 5, within: '30s', to: 'caught' }] },
      caught: { enter: [{ action: 'cpu-sample', duration: '10s' }], after: { '10m': 'watching' } },
    },
    limits: { actions: 6, per: '1h', cooldown: '10m' },
  });
}
