// `source` is the table in hand: the columns of its own signal, and those of the others as columns that are missing.
import { signals, type Signal } from '../../model/index.ts';
import { columnsOf } from '../../otlp/index.ts';
import { recordBindings, type Binding, type Bindings } from './record-scope.ts';

export function unionBindings(signal: Signal): Bindings {
  const own = recordBindings(signal);
  const others = signals.flatMap((other) => columnsOf(other)).filter((column) => !own.has(column.name));
  return new Map([...own, ...others.map((column): [string, Binding] => [column.name, { kind: 'missing', type: column.type }])]);
}
