// The key of a keyed recorder: KQL expressions over the record, their values joined as a person reads them.
import { failure, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { signals, type Signal } from '../../model/index.ts';
import type { RecordCursor } from '../../otlp/index.ts';
import { CompileError, compileExpr, newFrame, type Fn, type Frame } from '../expr/index.ts';
import { RecordScope, unionBindings } from '../record/index.ts';
import { toText } from '../values/index.ts';

export type KeyOf = (signal: Signal, cursor: RecordCursor) => string;

/** Keys come from data: longer ones are cut. */
const mostKeyCharacters = 200;
/** Between the values of a key, as nets have it. */
const between = ' / ';

/** Errors: `recorder-invalid`. The expressions may come from outside and are checked here. */
export function compileKey(name: string, key: readonly { readonly text: string; readonly expr: Expr }[], clock: Clock): Result<KeyOf | null, Failure> {
  if (key.length === 0) return ok(null);
  try {
    const bySignal = new Map(signals.map((signal) => [signal, key.map(({ expr }) => compileExpr(expr, { scope: new RecordScope(unionBindings(signal), clock), clock }).run)]));
    const frame: Frame = newFrame();
    return ok((signal, cursor) => keyText(bySignal.get(signal) ?? [], Object.assign(frame, { cursor })));
  } catch (error) {
    if (error instanceof CompileError) return failure('recorder-invalid', `The key of recorder ${name} cannot be run: ${error.message}`, error.help);
    throw error;
  }
}

function keyText(parts: readonly Fn[], frame: Frame): string {
  const text = parts.map((part) => toText(part(frame), 'dynamic')).join(between);
  return text.slice(0, mostKeyCharacters).toWellFormed();
}
