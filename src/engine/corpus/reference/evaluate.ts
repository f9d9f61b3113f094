// Expressions by walking them. Longs are bigints, reals numbers, null is null: a value's JavaScript type is its KQL type.
import type { Expr } from '../../../kql/index.ts';

export type Plain = null | boolean | number | bigint | string;
export type PlainRow = Readonly<Record<string, Plain>>;

/** The operators on two strings. */
export const textOperators = ['=~', '!~', ...['contains', 'has', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `!${name}`, `${name}_cs`, `!${name}_cs`])];

export function evaluate(expr: Expr, row: PlainRow): Plain {
  if (expr.k === 'literal') return literal(expr);
  if (expr.k === 'column') return textOrNull(row[expr.name] ?? null, expr.type);
  // The bag of attributes is written into the row, one column per attribute.
  if (expr.k === 'member') return row[`Attributes.${String((expr.key as { value: unknown }).value)}`] ?? null;
  return call(expr, expr.args, row);
}

const textOrNull = (value: Plain, type: string): Plain => (value === null && type === 'string' ? '' : value);

function literal(expr: Extract<Expr, { k: 'literal' }>): Plain {
  if (expr.value === null) return expr.type === 'string' ? '' : null;
  if (expr.type === 'long') return BigInt(expr.value as string | number);
  return expr.value as Plain;
}

function call(expr: Extract<Expr, { k: 'call' }>, args: readonly Expr[], row: PlainRow): Plain {
  const value = (i: number): Plain => evaluate(args[i]!, row);
  switch (expr.fn) {
    case 'and': { const [a, b] = [value(0), value(1)]; return a === false || b === false ? false : a === null || b === null ? null : true; }
    case 'or': { const [a, b] = [value(0), value(1)]; return a === true || b === true ? true : a === null || b === null ? null : false; }
    case 'not': { const a = value(0); return a === null ? null : !a; }
    case 'iff': return value(0) === true ? value(1) : value(2);
    case 'isnull': return args[0]!.type === 'string' ? false : value(0) === null;
    case 'isempty': return value(0) === null || value(0) === '';
    case 'coalesce': { for (let i = 0; i < args.length; i++) { const one = value(i); if (one !== null && one !== '') return one; } return value(args.length - 1); }
    case 'strcat': return args.map((_, i) => text(value(i), args[i]!.type)).join('');
    case 'tolower': return text(value(0), args[0]!.type).toLowerCase();
    case 'strlen': return BigInt([...text(value(0), args[0]!.type)].length);
    case 'in': case '!in': { const a = value(0); const found = a !== null && args.slice(1).some((_, i) => same(a, value(i + 1))); return found === (expr.fn === 'in'); }
    case 'between': { const [low, high] = [compare(value(0), value(1)), compare(value(0), value(2))]; return low === null || high === null ? null : low >= 0 && high <= 0; }
    case '=~': case '!~': return call({ ...expr, fn: expr.fn === '=~' ? '==' : '!=' }, args.map((_, i) => folded(value(i), args[i]!)), row);
    case '==': { const [a, b] = [value(0), value(1)]; return a === null && b === null ? null : a === null || b === null ? false : same(a, b); }
    case '!=': { const [a, b] = [value(0), value(1)]; return a === null && b === null ? null : a === null || b === null ? true : !same(a, b); }
    case '<': case '<=': case '>': case '>=': return ordered(expr.fn, compare(value(0), value(1)));
    case '+': case '-': case '*': case '/': case '%': case 'bin': return arithmetic(expr.fn, value(0), value(1));
    default: return stringOperator(expr.fn, text(value(0), args[0]!.type), text(value(1), args[1]!.type));
  }
}

/** The value as a literal in lower case. */
const folded = (value: Plain, { type }: Expr): Expr => ({ k: 'literal', type, value: typeof value === 'string' ? value.toLowerCase() : value });

const same = (a: Plain, b: Plain): boolean => (typeof a === 'bigint' && typeof b === 'number') || (typeof a === 'number' && typeof b === 'bigint') ? a == b : a === b;

/** -1, 0 or 1; NaN when one is NaN; null when they have no order. */
function compare(a: Plain, b: Plain): number | null {
  const numbers = [a, b].every((one) => typeof one === 'bigint' || typeof one === 'number');
  if (a === null || b === null || (!numbers && typeof a !== typeof b)) return null;
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN;
}

function ordered(operator: string, order: number | null): boolean | null {
  if (order === null) return null;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function arithmetic(operator: string, a: Plain, b: Plain): Plain {
  if (a === null || b === null) return null;
  return typeof a === 'bigint' && typeof b === 'bigint' ? ofLongs(operator, a, b) : ofReals(operator, Number(a), Number(b));
}

const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);

function ofLongs(operator: string, a: bigint, b: bigint): Plain {
  switch (operator) {
    case '+': return wrapped(a + b);
    case '-': return wrapped(a - b);
    case '*': return wrapped(a * b);
    case '/': return b === 0n ? null : wrapped(a / b);
    case '%': { if (b === 0n) return null; let rest = a % b; while (rest < 0n) rest += b < 0n ? -b : b; return rest; }
    default: { if (b <= 0n) return null; let steps = a / b; if (steps * b > a) steps--; return wrapped(steps * b); }
  }
}

function ofReals(operator: string, a: number, b: number): Plain {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': { const rest = a % b; return rest < 0 ? rest + Math.abs(b) : rest; }
    default: return b > 0 ? Math.floor(a / b) * b : null;
  }
}

function text(value: Plain, type: string): string {
  if (value === null) return '';
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return type === 'real' && Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

const isTermLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Every place of the needle, by comparing letter after letter; then which of its edges must be edges of terms. */
function hasTerm(subject: string, needle: string, start: boolean, end: boolean): boolean {
  const [letters, wanted] = [[...subject], [...needle]];
  if (wanted.length === 0) return true;
  for (let at = 0; at + wanted.length <= letters.length; at++) {
    if (!wanted.every((letter, i) => letters[at + i] === letter)) continue;
    const opens = !start || !isTermLetter(wanted[0]) || !isTermLetter(letters[at - 1]);
    const closes = !end || !isTermLetter(wanted.at(-1)) || !isTermLetter(letters[at + wanted.length]);
    if (opens && closes) return true;
  }
  return false;
}

function stringOperator(operator: string, left: string, right: string): boolean {
  if (operator.startsWith('!')) return !stringOperator(operator.slice(1), left, right);
  const caseMatters = operator.endsWith('_cs');
  const [subject, needle] = caseMatters ? [left, right] : [left.toLowerCase(), right.toLowerCase()];
  switch (caseMatters ? operator.slice(0, -3) : operator) {
    case 'contains': return subject.split(needle).length > 1 || needle === '';
    case 'startswith': return subject.slice(0, needle.length) === needle;
    case 'endswith': return needle === '' || subject.slice(-needle.length) === needle;
    case 'has': return hasTerm(subject, needle, true, true);
    case 'hasprefix': return hasTerm(subject, needle, true, false);
    case 'hassuffix': return hasTerm(subject, needle, false, true);
    default: throw new Error(`The reference does not know ${operator}.`);
  }
}
