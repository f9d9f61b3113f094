// Names over plain row objects. A column that the row does not have is null; untyped input is cast to the column's type.
import type { Expr, KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { castTo, type Compiled, type Row, type Scope } from '../expr/index.ts';

export const cell = (row: Row, name: string): Value => (Object.hasOwn(row, name) ? row[name] ?? null : null);

/** Text that stands for a time, as JSON input has it, becomes one where the Plan says the column is one. */
function typed(value: Value, type: KqlType): Value {
  if (type === 'datetime' || type === 'timespan') return typeof value === 'bigint' ? value : castTo(value, type);
  return type === 'string' && value !== null && typeof value !== 'string' ? castTo(value, 'string') : value;
}

/** Every name is a column: which ones exist was the binder's to check. */
export class RowScope implements Scope {
  column(name: string): Compiled { return { type: 'dynamic', constant: false, run: (frame) => cell(frame.row, name) }; }

  shortcut(expr: Expr): Compiled | null {
    if (expr.k !== 'column') return null;
    const { name, type } = expr;
    if (type === 'dynamic' || type === 'bool') return { type, constant: false, run: (frame) => cell(frame.row, name) };
    return { type, constant: false, run: (frame) => typed(cell(frame.row, name), type) };
  }
}
