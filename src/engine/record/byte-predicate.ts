// Predicates on strings without decoding them: finds the bytes through the cursor and compares there. Whatever the bytes
// cannot settle (letters beyond ASCII, a value that is no string) is left to the decoded form of the same expression.
import { encodeUtf8 } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import type { RecordCursor } from '../../otlp/index.ts';
import { compileExpr, textTests, type Compiled, type Fn } from '../expr/index.ts';
import type { ByteMatch } from './byte-compare.ts';
import { allOf, anyOf, byteMatch, oneOf, regexMatch } from './byte-match.ts';
import type { ByteTarget, RecordScope } from './record-scope.ts';
import { literalText, unwrapped } from './text-literal.ts';

type Call = Extract<Expr, { k: 'call' }>;

const negations: Readonly<Record<string, string>> = { '!=': '==', '<>': '==', '!~': '=~', '!in': 'in', '!in~': 'in~' };
const positiveOf = (fn: string): string => negations[fn] ?? (fn.startsWith('!') ? fn.slice(1) : fn);
const isPositive = (fn: string): boolean => positiveOf(fn) === fn;

function matcher(operator: string, args: readonly Expr[]): ByteMatch | null {
  const texts = args.slice(1).map(literalText);
  if (texts.length === 0 || !texts.every((text) => text !== null)) return null;
  if (operator === 'matches regex') return texts.length === 1 ? regexMatch(texts[0]!) : null;
  const single = listed[operator];
  if (single === undefined) return texts.length === 1 ? byteMatch(operator, texts[0]!) : null;
  const matches = texts.map((text) => byteMatch(single, text));
  if (!matches.every((match) => match !== null)) return null;
  return operator === 'in' ? oneOf(texts.map((text) => encodeUtf8(text))) : operator === 'has_all' ? allOf(matches) : anyOf(matches);
}

/** Operators over a list, and the one that each of the list is tested by. */
const listed: Readonly<Record<string, string>> = { in: '==', 'in~': '=~', has_any: 'has', has_all: 'has' };

/** What a missing string column, the empty text, gives. */
function onEmpty(operator: string, args: readonly Expr[]): boolean {
  const texts = args.slice(1).map((arg) => literalText(arg) ?? '');
  if (operator === '==' || operator === '=~' || operator === 'in' || operator === 'in~') return texts.includes('');
  if (operator === 'has_any') return texts.includes('');
  if (operator === 'has_all') return texts.every((text) => text === '');
  const test = textTests[operator.replace(/_cs$/, '')];
  return test !== undefined && test('', texts[0]!);
}

const finder = (target: ByteTarget): (cursor: RecordCursor) => boolean => {
  if (target.kind === 'attribute') { const key = target.key; return (cursor) => cursor.attributeSlice(key); }
  const id = target.id;
  return (cursor) => cursor.slice(id);
};

/** The byte form of a call, or null when the call has none. */
export function bytePredicate(call: Call, scope: RecordScope): Compiled | null {
  const subject = call.args[0];
  const target = subject === undefined ? null : scope.byteTarget(unwrapped(subject));
  if (target === null) return null;
  const operator = positiveOf(call.fn);
  const match = matcher(operator, call.args);
  if (match === null) return null;
  const slow = compileExpr(call, { scope: scope.decoded(), clock: scope.clock }).run;
  const absent = absentForm(target, call, operator, slow);
  return { type: 'bool', constant: false, run: predicate(finder(target), match, isPositive(call.fn), slow, absent) };
}

/** What to do when the cursor finds no string there. */
function absentForm(target: ByteTarget, call: Call, operator: string, slow: Fn): Fn {
  if (target.kind !== 'column' || target.type !== 'string' || target.pieced || operator === 'matches regex') return slow;
  const value = onEmpty(operator, call.args) === isPositive(call.fn);
  return () => value;
}

function predicate(find: (cursor: RecordCursor) => boolean, match: ByteMatch, positive: boolean, slow: Fn, absent: Fn): Fn {
  return (frame) => {
    const cursor = frame.cursor;
    if (!find(cursor)) return absent(frame);
    const answer = match(cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd);
    return answer < 0 ? slow(frame) : (answer === 1) === positive;
  };
}
