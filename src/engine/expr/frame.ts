// What compiled expressions run on. A frame is reused for record after record; nothing is allocated per record.
import type { Clock } from '../../base/index.ts';
import type { Expr, KqlType } from '../../kql/index.ts';
import type { RecordCursor, Value } from '../../otlp/index.ts';

export type Row = Readonly<Record<string, Value>>;

export interface Frame {
  /** The record in hand; unused when rows are plain objects. */
  cursor: RecordCursor;
  /** Values that `extend` and its like computed; every such column has a slot of its own. */
  slots: Value[];
  /** The row in hand when a query runs over objects. */
  row: Row;
}

export type Fn = (frame: Frame) => Value;

export interface Compiled {
  readonly type: KqlType;
  readonly run: Fn;
  /** The same for every record: may be evaluated once, at compile time. */
  readonly constant: boolean;
}

/** What names mean at one point of a query. */
export interface Scope {
  column(name: string): Compiled | null;
  /** A cheaper form of an expression that this kind of row has, such as comparing bytes; null when there is none. */
  shortcut(expr: Expr): Compiled | null;
}

export interface CompileContext { readonly scope: Scope; readonly clock: Clock }

/** Thrown inside the compiler, turned into a Failure at its face. */
export class CompileError extends Error {
  readonly help: string;
  constructor(message: string, help: string) { super(message); this.name = 'CompileError'; this.help = help; }
}

/** There is no record when rows are objects; whoever compiles for objects never emits code that looks at it. */
export const newFrame = (): Frame => ({ cursor: null as unknown as RecordCursor, slots: [], row: {} });

const blank = newFrame();
/** The value of a constant expression. */
export const constantOf = (compiled: Compiled): Value => compiled.run(blank);
