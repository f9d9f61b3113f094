// Names over lazy records: a column is read through the cursor until a rule computes one of the same name, which then
// lives in a slot of the frame. Every computed column gets a fresh slot, so nothing a step reads is overwritten.
import type { Clock } from '../../base/index.ts';
import type { Expr, KqlType } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { attributeKey, columnsOf, type ColumnId } from '../../otlp/index.ts';
import { compileExpr, type Compiled, type Scope } from '../expr/index.ts';
import { bytePredicate } from './byte-predicate.ts';
import { numberPredicate } from './number-predicate.ts';
import type { OncePerRecord } from './once-per-record.ts';

export type Binding =
  | { readonly kind: 'record'; readonly id: ColumnId; readonly type: KqlType }
  | { readonly kind: 'slot'; readonly slot: number; readonly type: KqlType }
  /** A column that other signals have. */
  | { readonly kind: 'missing'; readonly type: KqlType };

export type Bindings = ReadonlyMap<string, Binding>;

/** Every column of the signal's table, in its order. */
export const recordBindings = (signal: Signal): Bindings =>
  new Map(columnsOf(signal).map((column, id) => [column.name, { kind: 'record', id, type: column.type }]));

function bound(binding: Binding): Compiled {
  if (binding.kind === 'missing') return { type: binding.type, constant: false, run: () => null };
  if (binding.kind === 'slot') { const slot = binding.slot; return { type: binding.type, constant: false, run: (frame) => frame.slots[slot]! }; }
  const id = binding.id;
  return { type: binding.type, constant: false, run: (frame) => frame.cursor.column(id) };
}

/** A part of a record whose bytes the cursor can find: a column, or one attribute. */
/** `pieced`: the value may have no bytes of its own in the record (DurableId as `file:line`), so that finding none says nothing. */
export type ByteTarget = { readonly kind: 'column'; readonly id: ColumnId; readonly type: KqlType; readonly pieced: boolean } | { readonly kind: 'attribute'; readonly key: Uint8Array };

const attributeName = (expr: Expr): string | null =>
  (expr.k === 'member' && expr.base.k === 'column' && expr.key.k === 'literal' && typeof expr.key.value === 'string' ? expr.key.value : null);

export class RecordScope implements Scope {
  readonly bindings: Bindings;
  readonly clock: Clock;
  readonly #useBytes: boolean;
  readonly #once: OncePerRecord | null;

  /** `once`: the rows are those that mv-expand makes of a record. */
  constructor(bindings: Bindings, clock: Clock, useBytes = true, once: OncePerRecord | null = null) {
    this.bindings = bindings;
    this.clock = clock;
    this.#useBytes = useBytes;
    this.#once = once;
  }

  column(name: string): Compiled | null {
    const binding = this.bindings.get(name);
    return binding === undefined ? null : bound(binding);
  }

  shortcut(expr: Expr): Compiled | null {
    if (this.#once?.isFixed(expr, this.bindings) === true) return this.#once.compiled(compileExpr(expr, { scope: new RecordScope(this.bindings, this.clock, this.#useBytes), clock: this.clock }));
    if (expr.k === 'member') return this.#attribute(expr);
    if (expr.k !== 'call' || !this.#useBytes) return null;
    return bytePredicate(expr, this) ?? numberPredicate(expr, this);
  }

  /** The same names without byte predicates: the decoded form that they fall back to, and are tested against. */
  decoded(): RecordScope { return new RecordScope(this.bindings, this.clock, false); }

  /** `Attributes["key"]` and `Resource["key"]` decode that one attribute, not the bag. */
  #attribute(expr: Extract<Expr, { k: 'member' }>): Compiled | null {
    const key = attributeName(expr);
    if (key === null) return null;
    const bytes = attributeKey(key);
    if (this.#isRecord(expr.base, 'Attributes')) return { type: 'dynamic', constant: false, run: (frame) => frame.cursor.attribute(bytes) };
    if (this.#isRecord(expr.base, 'Resource')) return { type: 'dynamic', constant: false, run: (frame) => frame.cursor.resourceAttribute(bytes) };
    return null;
  }

  #isRecord(expr: Expr, name: string): boolean {
    return expr.k === 'column' && expr.name === name && this.bindings.get(name)?.kind === 'record';
  }

  /** The bytes that an expression stands for, when it is a string column, Body, or one attribute. */
  byteTarget(expr: Expr): ByteTarget | null {
    if (expr.k === 'column') {
      const binding = this.bindings.get(expr.name);
      return binding?.kind === 'record' && (binding.type === 'string' || expr.name === 'Body') ? { kind: 'column', id: binding.id, type: binding.type, pieced: expr.name === 'DurableId' } : null;
    }
    const key = attributeName(expr);
    return key !== null && expr.k === 'member' && this.#isRecord(expr.base, 'Attributes') ? { kind: 'attribute', key: attributeKey(key) } : null;
  }
}
