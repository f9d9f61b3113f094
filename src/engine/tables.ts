// Which signals a Plan's table stands for, and its columns.
import type { PlanTable } from '../kql/index.ts';
import { signals, type Signal } from '../model/index.ts';
import { recordBindings, unionBindings, type Bindings } from './record/index.ts';

const bySignal: Readonly<Record<PlanTable, readonly Signal[]>> = { Logs: ['logs'], Spans: ['spans'], Metrics: ['metrics'], source: signals };

/** `source` is whatever table is in hand, so it stands for all of them. */
export const tableSignals = (table: PlanTable): readonly Signal[] => bySignal[table];

export const bindingsFor = (table: PlanTable, signal: Signal): Bindings => (table === 'source' ? unionBindings(signal) : recordBindings(signal));
