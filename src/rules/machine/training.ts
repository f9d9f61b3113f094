// `train: { depth: p99 over 7d by ServiceName }`: a bound that is measured. The name is that of a column of numbers, or else of an attribute
// of the record, dots and all. Behind `by` stand KQL expressions, none at all for one bound over all records; `adopted` at the end has guards
// use it: until then it is only shown beside the number in trained("depth", 200).
import type { MachinePlanTraining } from '../../engine/index.ts';
import type { Expr, KqlType } from '../../kql/index.ts';
import type { KqlDiagnostic } from '../../model/index.ts';
import { columnsOf } from '../../otlp/index.ts';
import { signals } from '../../model/index.ts';
import { durationNanos } from '../document/index.ts';

const form = /^\s*p(\d{1,2}(?:\.\d{1,3})?|100)\s+over\s+(\d+(?:\.\d+)?(?:ms|s|m|h|d))(?:\s+by\s+(.*?))?(\s+adopted)?\s*$/s;
const leastNanos = 60_000_000_000n;
const mostNanos = 30n * 86_400_000_000_000n;

export interface TrainedText { readonly percentile: number; readonly overNanos: bigint; readonly by: readonly { readonly text: string; readonly start: number }[]; readonly adopted: boolean }

/** What the text says, or what is wrong with it. Offsets are into the text. */
export function readTraining(text: string): TrainedText | KqlDiagnostic {
  const [, percentile = '', over = '', by, adopted] = form.exec(text) ?? [];
  if (percentile === '') return problem(text, 'A measured bound is a percentile over a time.', 'Write p99 over 7d by ServiceName, and adopted behind it once guards are to use it.');
  const overNanos = durationNanos(over);
  if (overNanos < leastNanos || overNanos > mostNanos) return problem(text, `${over} is no time to measure a bound over.`, 'Write between 1m and 30d, for example 7d.');
  if (Number(percentile) === 0) return problem(text, 'A percentile lies above 0.', 'Write p99 over 7d.');
  return { percentile: Number(percentile), overNanos, by: by === undefined ? [] : parts(by, text.indexOf(by, text.indexOf(' by ') + 4)), adopted: adopted !== undefined };
}

/** At commas outside brackets and quotation marks. */
function parts(by: string, offset: number): TrainedText['by'] {
  const found: { text: string; start: number }[] = [];
  let from = 0;
  let depth = 0;
  let quote = '';
  for (let i = 0; i <= by.length; i++) {
    const char = by[i] ?? ',';
    if (quote !== '') { if (char === quote) quote = ''; if (i < by.length) continue; }
    if (char === '"' || char === "'") quote = char;
    else if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (char === ',' && (depth <= 0 || i === by.length)) { found.push({ text: by.slice(from, i).trim(), start: offset + from + (by.slice(from, i).length - by.slice(from, i).trimStart().length) }); from = i + 1; }
  }
  return found;
}

const numbers: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal']);

/** The value of that name in a record, as a number; null where it has none. */
export function trainedValue(name: string): Expr {
  const column = signals.flatMap((signal) => columnsOf(signal)).find((one) => one.name === name && (numbers.has(one.type) || one.type === 'dynamic'));
  const value: Expr = column === undefined
    ? { k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Attributes' }, key: { k: 'literal', type: 'string', value: name } }
    : { k: 'column', type: column.type, name };
  return { k: 'call', type: 'real', fn: 'todouble', args: [value] };
}

export const trainingPlan = (name: string, text: string, { percentile, overNanos, adopted }: TrainedText, by: MachinePlanTraining['by']): MachinePlanTraining =>
  ({ name, text: text.trim().replaceAll(/\s+/g, ' '), value: trainedValue(name), percentile, overNanos: String(overNanos), by, adopted });

const problem = (text: string, message: string, help: string): KqlDiagnostic => ({ severity: 'error', code: 'machine/train', message, help, start: 0, end: text.length });
