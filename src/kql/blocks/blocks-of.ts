// KQL text to blocks: places in the very text, found in Microsoft's syntax tree. A text that does not parse has none.
import type { CompileMode } from '../language.ts';
import type { Analyser, Analysis } from '../kusto/analysis.ts';
import { typeName } from '../kusto/context.ts';
import { children, items, type KustoNode } from '../kusto/port.ts';
import { skipBlank, toText, unalias } from '../kusto/source.ts';
import { readForm, readLet } from './read-form.ts';
import { readWhere } from './read-where.ts';
import { readerOf, type Reader } from './reader.ts';
import { summaryOf } from './summary.ts';
import type { BlockColumn, BlockForm, BlockKind, Blocks, QueryBlock } from './types.ts';

/** An empty text has no blocks, and that is no failure. */
export function blocksOf({ analyse, kinds }: Analyser, text: string, mode: CompileMode): Blocks {
  if (skipBlank(text) === text.length) return [];
  const analysis = analyse(text, mode);
  if (analysis.code.Syntax.ContainsSyntaxDiagnostics) return null;
  const reader = readerOf(kinds, analysis.source);
  const statements = items(analysis.code.Syntax.Statements);
  const queries = statements.filter((element) => reader.kind(element.GetChild(0)) === 'ExpressionStatement');
  const query = queries[0]?.GetChild(0)?.Expression;
  if (query === undefined || queries.length > 1) return null;
  const lets = statements.filter((element) => element !== queries[0]);
  if (lets.some((element) => reader.kind(element.GetChild(0)) !== 'LetStatement') || !tableHeads.has(reader.kind(headOf(reader, query)))) return null;
  if (mode === 'guard') return [guardBlock(analysis, reader, query)];
  return [...lets.map((element) => letBlock(analysis, reader, element)), ...pipeline(analysis, reader, query)];
}

const tableHeads = new Set(['NameReference', 'UnionOperator', 'ParenthesizedExpression']);

function headOf(reader: Reader, query: KustoNode): KustoNode {
  return reader.kind(query) === 'PipeExpression' && query.Expression !== undefined ? headOf(reader, query.Expression) : query;
}

interface Place { readonly start: number; readonly end: number; readonly bodyStart: number; readonly bodyEnd: number }

/** Columns before and behind a block. */
interface Around { readonly columns: readonly BlockColumn[]; readonly after: readonly BlockColumn[] }

function block(analysis: Analysis, kind: BlockKind, keyword: string, { start, end, bodyStart, bodyEnd }: Place, around: Around, form: BlockForm | null): QueryBlock {
  const place = { start: toText(analysis.source, start), end: toText(analysis.source, end), bodyStart: toText(analysis.source, bodyStart), bodyEnd: toText(analysis.source, bodyEnd) };
  return { kind, keyword, ...place, summary: summaryOf(keyword, analysis.source.text.slice(place.bodyStart, place.bodyEnd), form), ...around, form };
}

function letBlock(analysis: Analysis, reader: Reader, element: KustoNode): QueryBlock {
  const [statement, semicolon] = children(element);
  const end = statement?.End ?? element.End;
  const place = { start: element.TextStart, end: semicolon === undefined || semicolon.IsMissing ? end : semicolon.End, bodyStart: statement?.Name?.TextStart ?? end, bodyEnd: end };
  return block(analysis, 'let', 'let', place, { columns: [], after: [] }, statement === undefined ? null : readLet(reader, statement));
}

/** The head of the pipe unless it was put in front of a bare predicate, and each operator with the columns before it. */
function pipeline(analysis: Analysis, reader: Reader, query: KustoNode): readonly QueryBlock[] {
  const pipes: KustoNode[] = [];
  let head = query;
  while (reader.kind(head) === 'PipeExpression' && head.Expression !== undefined) { pipes.unshift(head); head = head.Expression; }
  const made = new Set<string>();
  let columns = columnsOf(analysis, head, made);
  const blocks: QueryBlock[] = head.End > analysis.source.shift ? [tableBlock(analysis, reader, head, columns)] : [];
  for (const pipe of pipes) {
    if (pipe.Operator === undefined) continue;
    for (const name of namesMadeBy(reader, pipe.Operator)) made.add(name);
    const after = columnsOf(analysis, pipe, made);
    blocks.push(operatorBlock(analysis, reader, pipe, { columns, after }));
    columns = after;
  }
  return blocks;
}

/** A guard is a bare expression; the binder sees it as a column (source.ts). To a person it is a condition. */
function guardBlock(analysis: Analysis, reader: Reader, query: KustoNode): QueryBlock {
  const operator = query.Operator ?? query;
  const columns = columnsOf(analysis, query.Expression, new Set());
  const condition = children(children(operator).at(-1)?.GetChild(0)?.GetChild(0)).at(-1) ?? operator;
  const place = { start: condition.TextStart, end: condition.End, bodyStart: condition.TextStart, bodyEnd: condition.End };
  return block(analysis, 'operator', 'where', place, { columns, after: columns }, readWhere(reader, condition));
}

function tableBlock(analysis: Analysis, reader: Reader, head: KustoNode, after: readonly BlockColumn[]): QueryBlock {
  const named = reader.kind(head) === 'NameReference';
  const first = children(head)[0] ?? head;
  const keyword = named ? reader.text(head) : reader.kind(head) === 'UnionOperator' ? reader.text(first) : 'query';
  const bodyStart = !named && keyword !== 'query' ? behind(analysis, first.End, head.End) : head.TextStart;
  return block(analysis, 'table', keyword, { start: head.TextStart, end: head.End, bodyStart, bodyEnd: head.End }, { columns: [], after }, named ? { form: 'table', table: keyword } : null);
}

function operatorBlock(analysis: Analysis, reader: Reader, pipe: KustoNode, around: Around): QueryBlock {
  const operator = pipe.Operator!;
  const word = children(operator)[0] ?? operator;
  const bar = children(pipe).find((child) => reader.kind(child) === 'BarToken') ?? operator;
  const start = bar.TextStart < analysis.source.shift ? Math.max(analysis.source.shift, word.TextStart) : bar.TextStart;
  const place = { start, end: operator.End, bodyStart: behind(analysis, word.End, operator.End), bodyEnd: operator.End };
  const sink = reader.kind(operator) === 'InvokeOperator';
  const keyword = sink ? unalias(operator.Function?.Name?.SimpleName ?? 'invoke') : analysis.source.full.slice(word.TextStart, word.End);
  const form = readForm(reader, operator);
  return block(analysis, sink ? 'sink' : 'operator', keyword, place, around, form);
}

/** The first place behind a keyword that is neither white space nor comment, at most `end`. */
function behind({ source }: Analysis, keywordEnd: number, end: number): number {
  return Math.min(end, keywordEnd + skipBlank(source.full.slice(keywordEnd, end)));
}

/** As the binder has them; a name that was only added for the binder's sake is no column until an operator makes it one. */
function columnsOf({ added }: Analysis, before: KustoNode | undefined, made: ReadonlySet<string>): readonly BlockColumn[] {
  return items(before?.ResultType?.Columns).filter(({ Name }) => !added.has(Name) || made.has(Name)).map(({ Name, Type }) => ({ name: Name, type: typeName(Type.Name) }));
}

const makers = new Set(['ExtendOperator', 'ProjectOperator', 'ProjectRenameOperator', 'SummarizeOperator', 'ParseOperator', 'ParseWhereOperator', 'MvExpandOperator', 'DistinctOperator']);
const closers = new Set(['ProjectOperator', 'SummarizeOperator', 'DistinctOperator']);

/** Names that are columns behind an operator: whatever it declares, and all that it leaves when it leaves only what it names. */
function namesMadeBy(reader: Reader, operator: KustoNode): readonly string[] {
  const kind = reader.kind(operator);
  if (!makers.has(kind)) return [];
  if (closers.has(kind)) return items(operator.ResultType?.Columns).map(({ Name }) => Name);
  return declared(reader, operator);
}

function declared(reader: Reader, node: KustoNode): readonly string[] {
  const own = reader.kind(node) === 'NameDeclaration' && node.SimpleName !== undefined ? [node.SimpleName] : [];
  return [...own, ...children(node).flatMap((child) => declared(reader, child))];
}
