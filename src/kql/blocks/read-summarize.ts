// summarize as aggregates, group keys and the window of time: `bin(column, size)` when it stands last.
import { aggregateByName } from '../catalogue/aggregates.ts';
import { items, type KustoNode } from '../kusto/port.ts';
import { callArguments, elements, type Reader } from './reader.ts';
import type { BlockForm, NamedField } from './types.ts';

type Summarize = Extract<BlockForm, { form: 'summarize' }>;

export function readSummarize(reader: Reader, node: KustoNode): BlockForm | null {
  if (items(node.Parameters).length > 0 || node.ByClause?.BinClause) return null;
  const aggregates = items(node.Aggregates).map((element) => readAggregate(reader, element.GetChild(0)));
  if (!aggregates.every((aggregate) => aggregate !== null)) return null;
  const parts = elements(reader, node.ByClause);
  const window = readWindow(reader, parts.at(-1));
  return { form: 'summarize', aggregates, by: (window === null ? parts : parts.slice(0, -1)).map((part) => readNamed(reader, part)), window };
}

function readAggregate(reader: Reader, part: KustoNode | null): Summarize['aggregates'][number] | null {
  const named = reader.kind(part) === 'SimpleNamedExpression';
  const call = named ? part?.Expression : part;
  const fn = call?.Name?.SimpleName ?? '';
  if (call === null || call === undefined || reader.kind(call) !== 'FunctionCallExpression' || !aggregateByName.has(fn)) return null;
  return { name: named ? reader.text(part?.Name) : '', fn, args: callArguments(reader, call).map((argument) => reader.text(argument)).join(', ') };
}

function readWindow(reader: Reader, part: KustoNode | undefined): Summarize['window'] {
  if (part === undefined || reader.kind(part) !== 'FunctionCallExpression' || part.Name?.SimpleName !== 'bin') return null;
  const [column, size] = callArguments(reader, part);
  if (reader.kind(column) !== 'NameReference' || reader.kind(size) !== 'TimespanLiteralExpression') return null;
  return { column: reader.text(column), size: reader.text(size) };
}

/** `name = expression`, or an expression alone with the name ''. */
export function readNamed(reader: Reader, part: KustoNode): NamedField {
  if (reader.kind(part) === 'SimpleNamedExpression') return { name: reader.text(part.Name), expression: reader.text(part.Expression) };
  return { name: '', expression: reader.text(part) };
}
