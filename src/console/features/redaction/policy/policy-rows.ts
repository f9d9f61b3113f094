// The deployed policies as one table: what is looked at, in order, and what is done. Pure.
import type { PolicyDocument, PolicyEntry, RedactionAction } from '../../../../model/index.ts';
import type { DeployedPolicy } from '../words/policies.ts';

export interface PolicyRow {
  readonly id: string; readonly policy: DeployedPolicy; readonly kind: 'allow' | 'entry' | 'sensitive' | 'default';
  /** Place in the list of its kind, from 1; null where there is one only. */
  readonly place: number | null;
  readonly key: string; readonly places: string; readonly service: string; readonly detectors: string; readonly action: RedactionAction; readonly keep: number | null; readonly says: string;
}

type Columns = Pick<PolicyRow, 'kind' | 'place' | 'key' | 'places' | 'service' | 'detectors' | 'action' | 'keep' | 'says'>;

export const policyRows = (policies: readonly DeployedPolicy[]): readonly PolicyRow[] =>
  policies.flatMap(policy => rowsOf(policy.document).map((row): PolicyRow => ({ ...row, policy, id: `${policy.rule.id} ${row.kind} ${row.place ?? ''}` })));

function rowsOf(document: PolicyDocument): readonly Columns[] {
  return [
    ...document.entries.map(entryRow),
    ...(document.allow ?? []).map((allow, i): Columns => ({ kind: 'allow', place: i + 1, key: `not ${listWords(allow.keys)}`, places: allow.in?.join(', ') ?? 'any', service: allow.service ?? 'any', detectors: 'whole value', action: allow.otherwise ?? 'remove', keep: null, says: 'Allow-list, fail closed: a key that is not named goes.' })),
    ...(document.sensitiveKeys ? [{ kind: 'sensitive', place: null, key: 'sensitive by convention', places: 'any', service: 'any', detectors: 'whole value', action: document.mode, keep: document.keep ?? null, says: 'Keys that semantic conventions know as sensitive.' } as const] : []),
    // A policy that leaves every detector out acts by its entries alone.
    ...(document.except?.includes('*') ? [] : [{ kind: 'default', place: null, key: 'any', places: 'any', service: 'any', detectors: detectorWords(document), action: document.mode, keep: document.keep ?? null, says: 'Every finding that no entry is about.' } as const]),
  ];
}

function entryRow(entry: PolicyEntry, i: number): Columns {
  return { kind: 'entry', place: i + 1, key: entry.key ?? 'any', places: entry.in?.join(', ') ?? 'any', service: entry.service ?? 'any', detectors: entry.detectors === undefined ? 'whole value' : namesWords(entry.detectors), action: entry.do, keep: entry.keep ?? null, says: entry.reason ?? '' };
}

const listWords = (names: readonly string[]): string => (names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`);
const namesWords = (names: readonly string[]): string => (names.includes('*') ? 'all' : listWords(names));

function detectorWords({ detectors, except, patterns }: PolicyDocument): string {
  const own = patterns === undefined || patterns.length === 0 || detectors.includes('*') ? '' : `, ${patterns.length} own`;
  return `${namesWords(detectors)}${own}${except === undefined || except.length === 0 ? '' : ` except ${listWords(except)}`}`;
}

const actionWords: Readonly<Record<RedactionAction, string>> = { mask: 'mask', partial: 'partial', hash: 'hash', remove: 'remove', drop: 'drop record', ignore: 'let pass' };
export const actionLabel = ({ action, keep }: Pick<PolicyRow, 'action' | 'keep'>): string => (action === 'partial' ? `${actionWords.partial}, last ${keep ?? 4}` : actionWords[action]);
