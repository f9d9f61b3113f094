// placeholder to be replaced below
import type { Signal } from '../../model/index.ts';
import type { Clause } from '../record/index.ts';
export type Gate = null;
export const gatesOf = (_clauses: readonly Clause[], _signal: Signal): Gate => null;
