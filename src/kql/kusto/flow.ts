// Rows on their way through a pipe while it is lowered: where they come from, what was done to them, which columns they have.
import type { Operator, Sink } from '../plan.ts';
import type { TableDefinition } from '../catalogue/tables.ts';
import type { Span } from './diagnostics.ts';
import type { Scope } from './scope.ts';

export type Step =
  | { readonly operator: Operator; readonly sink?: undefined; readonly span: Span; readonly keyword: string; readonly inputs?: readonly Flow[] }
  | { readonly sink: Sink; readonly operator?: undefined; readonly span: Span; readonly keyword: string };

export interface Flow { readonly table: TableDefinition; readonly steps: readonly Step[]; readonly scope: Scope; readonly span: Span }

export const operatorsOf = (flow: Flow): readonly Operator[] => flow.steps.flatMap(({ operator }) => (operator === undefined ? [] : [operator]));
