// The KQL of a rule document made to follow a name: every place where a rule has KQL over records. Pure.
import type { Operator } from '../../../kql/index.ts';
import type { MachineDocument, RuleDocument } from '../../../model/index.ts';
import type { CompiledRule, RuleEdit, RulePath } from '../../../rules/index.ts';

/** Of one text; null when nothing in it can be made to follow. `made`: the columns that it makes, in order, as it is compiled. */
export type Follow = (kql: string, made: readonly string[]) => string | null;

/** The same document with the changed KQL, and the edits that make it of the other; null when nothing can be made to follow. */
export function followingDocument(document: RuleDocument, compiled: CompiledRule | null, follow: Follow): { readonly document: RuleDocument; readonly edits: readonly RuleEdit[] } | null {
  const made = compiled?.kind === 'query' ? columnsMade(compiled.plan.operators) : [];
  const edits = kqlOf(document).flatMap(({ path, kql }) => { const value = follow(kql, made); return value === null ? [] : [{ path, value }]; });
  if (edits.length === 0) return null;
  const copy = structuredClone(document);
  for (const { path, value } of edits) setAt(copy, path, value);
  return { document: copy, edits };
}

const columnsMade = (operators: readonly Operator[]): string[] => operators.flatMap((one): readonly { readonly name: string }[] => (one.op === 'extend' || one.op === 'project' ? one.columns : one.op === 'summarize' ? [...one.aggregates, ...one.by] : [])).map(({ name }) => name);

interface Place { readonly path: RulePath; readonly kql: string }

function kqlOf(document: RuleDocument): readonly Place[] {
  switch (document.kind) {
    case 'query': return [{ path: ['kql'], kql: document.kql }];
    case 'language': return [{ path: ['when'], kql: document.when }];
    case 'state-machine': return [...document.key.map((kql, i) => ({ path: ['key', i], kql })), ...Object.entries(document.states).flatMap(([state, one]) => stateKql(state, one))];
    case 'redaction-policy': return [];
  }
}

const stateKql = (state: string, { on = [], enter = [] }: MachineDocument['states'][string]): readonly Place[] => [
  ...on.map(({ when }, i) => ({ path: ['states', state, 'on', i, 'when'], kql: when })),
  ...enter.flatMap((action, i) => (action.if === undefined ? [] : [{ path: ['states', state, 'enter', i, 'if'], kql: action.if }])),
];

function setAt(holder: unknown, path: RulePath, value: string): void {
  const inner = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], holder);
  (inner as Record<string | number, unknown>)[path.at(-1)!] = value;
}
