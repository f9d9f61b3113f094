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

export function resolve(scope: Scope, name: string): Resolved {
  const type = scope.columns.get(name);
  if (type !== undefined) return { as: 'column', type };
  if (!scope.implicit.has(name)) return { as: 'nothing' };
  if (scope.mode === 'table') return { as: 'column', type: 'dynamic' };
  return scope.columns.has('Attributes') ? { as: 'attribute' } : { as: 'nothing' };
}

export const withColumns = (scope: Scope, columns: Iterable<readonly [string, KqlType]>): Scope => ({ ...scope, columns: new Map(columns) });

/** After summarize or project a name that was implicit is gone, unless it was named. */
export const closed = (scope: Scope, columns: Iterable<readonly [string, KqlType]>): Scope => ({ mode: scope.mode, columns: new Map(columns), implicit: new Set() });

/** Names that a wildcard such as `Sev*` stands for. */
export function expandWildcard(scope: Scope, pattern: string): readonly string[] {
  const regex = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  return [...scope.columns.keys()].filter((name) => regex.test(name));
}
