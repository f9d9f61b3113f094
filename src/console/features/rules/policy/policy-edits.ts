// Every change that the forms of a policy can make, as edits of its document: the text stays the only truth.
import type { OwnPattern, PolicyAllow, PolicyDocument, PolicyEntry } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';

type Edits = readonly RuleEdit[];
/** The lists of a policy whose items have forms of their own. */
export type PolicyList = 'entries' | 'patterns' | 'allow';
interface Items { readonly entries: PolicyEntry; readonly patterns: OwnPattern; readonly allow: PolicyAllow }

/** What the schema says when a field is left out: then it need not stand in the text. */
const defaults: Readonly<Partial<Record<keyof PolicyDocument, unknown>>> = { sensitiveKeys: true, annotate: 'silent' };

/** Undefined, an empty list and what holds anyway take the field away. */
export function setField(field: keyof PolicyDocument, value: unknown): Edits {
  const gone = value === undefined || (Array.isArray(value) && value.length === 0) || value === defaults[field];
  return [{ path: [field], value: gone ? undefined : value }];
}

/** `keep` means something with partial only. */
export const setMode = (mode: PolicyDocument['mode'], keep: number | undefined): Edits => [{ path: ['mode'], value: mode }, ...(mode === 'partial' || keep === undefined ? [] : [{ path: ['keep'], value: undefined }])];

export type Scope = 'all' | 'some' | 'nothing';
/** What is looked for beyond the entries. */
export const scopeOf = ({ detectors, except = [] }: Pick<PolicyDocument, 'detectors' | 'except'>): Scope => (except.includes('*') ? 'nothing' : detectors.includes('*') ? 'all' : 'some');

export function setScope(scope: Scope, { detectors, except = [] }: Pick<PolicyDocument, 'detectors' | 'except'>, first: string): Edits {
  const left = except.filter((name) => name !== '*');
  if (scope === 'nothing') return [{ path: ['except'], value: ['*'] }];
  const named = detectors.filter((name) => name !== '*');
  return [{ path: ['detectors'], value: scope === 'all' ? ['*'] : named.length === 0 ? [first] : named }, ...setField('except', left)];
}

export const addItem = <L extends PolicyList>(document: PolicyDocument, list: L, item: Items[L]): Edits => {
  const length = document[list]?.length ?? 0;
  return [length === 0 ? { path: [list], value: [item] } : { path: [list, length], value: item }];
};

/** Only what the patch names; undefined and empty lists go. */
export const setItem = <L extends PolicyList>(list: L, index: number, patch: Partial<Record<keyof Items[L], unknown>>): Edits =>
  Object.entries(patch).map(([field, value]) => ({ path: [list, index, field], value: value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value }));

/** The last takes its field along. */
export const removeItem = (document: PolicyDocument, list: PolicyList, index: number): Edits =>
  (document[list]?.length ?? 0) > 1 ? [{ path: [list, index], value: undefined }] : [{ path: [list], value: undefined }];

/** What is no longer there when the action changes: `keep` belongs to partial. */
export const setAction = (index: number, action: PolicyEntry['do'], entry: PolicyEntry): Edits =>
  setItem('entries', index, { do: action, ...(action !== 'partial' && entry.keep !== undefined && { keep: undefined }), ...(action === 'ignore' && entry.reason === undefined && { reason: 'say why' }) });

/** A pattern under another name: what names it follows. */
export function renamePattern(document: PolicyDocument, index: number, name: string): Edits {
  const before = document.patterns?.[index]?.name;
  const swapped = (names: readonly string[]) => names.map((one) => (one === before ? name : one));
  return [
    ...setItem('patterns', index, { name }),
    ...(document.detectors.includes(before ?? '') ? [{ path: ['detectors'], value: swapped(document.detectors) }] : []),
    ...(document.except?.includes(before ?? '') === true ? [{ path: ['except'], value: swapped(document.except) }] : []),
    ...document.entries.flatMap((entry, i): Edits => (entry.detectors?.includes(before ?? '') === true ? [{ path: ['entries', i, 'detectors'], value: swapped(entry.detectors) }] : [])),
  ];
}
