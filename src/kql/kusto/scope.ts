// Which columns a row has between two operators, as lowering walks down the pipe. Immutable.
import type { CompileMode } from '../language.ts';
import type { KqlType } from '../plan.ts';

export interface Scope {
  readonly mode: CompileMode;
  /** In order, as `*` means them. */
  readonly columns: ReadonlyMap<string, KqlType>;
  /** Names that the binder knows only because we told it so: attributes, or columns of a table query. */
  readonly implicit: ReadonlySet<string>;
}

export type Resolved = { readonly as: 'column'; readonly type: KqlType } | { readonly as: 'attribute' } | { readonly as: 'nothing' };

/** The bag that an unknown bare name is looked up in. */
export const bagOf = (mode: CompileMode): 'Attributes' | 'Resource' => (mode === 'targets' ? 'Resource' : 'Attributes');

export function resolve(scope: Scope, name: string): Resolved {
  const type = scope.columns.get(name);
  if (type !== undefined) return { as: 'column', type };
  if (!scope.implicit.has(name)) return { as: 'nothing' };
  if (scope.mode === 'table') return { as: 'column', type: 'dynamic' };
  return scope.columns.has(bagOf(scope.mode)) ? { as: 'attribute' } : { as: 'nothing' };
}

export const withColumns = (scope: Scope, columns: Iterable<readonly [string, KqlType]>): Scope => ({ ...scope, columns: new Map(columns) });
export const addColumns = (scope: Scope, columns: Iterable<readonly [string, KqlType]>): Scope => withColumns(scope, [...scope.columns, ...columns]);

/** After summarize or project a name that was implicit is gone, unless it was named. */
export const closed = (scope: Scope, columns: Iterable<readonly [string, KqlType]>): Scope => ({ mode: scope.mode, columns: new Map(columns), implicit: new Set() });

/** Names that a wildcard such as `Sev*` stands for. */
export const expandWildcard = (scope: Scope, pattern: string): readonly string[] => [...scope.columns.keys()].filter((name) => fits(name, pattern.split('*')));

/** The first piece in front, the last behind, those between in order: what comes first is always as good as any later. */
export function fits(name: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
