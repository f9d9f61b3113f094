// Reads a golden file. Its form, line by line:
//
//   # …                          prose, for people (so is any line before the first group)
//   ## a group                   what the cases below have in common
//   columns a: long, t: datetime types that the rows do not show (missing values, times as text)
//   rows                         followed by rows as JSON, one a line, to the next empty line
//   EXPRESSION => JSON           a case: `source | project x = EXPRESSION` over the first row gives that x
//   case a title                 a case: the query on the lines that follow,
//   =>                           then the rows it gives, or `nothing`, to the next empty line
//   refused a title              a case: the query does not compile or does not run; behind => words of the message
import type { ColumnHint, KqlType } from '../../kql/index.ts';
import { jsonText } from '../values/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { Row } from '../expr/index.ts';
import { columnHints } from '../table/column-hints.ts';

export interface GoldenCase {
  readonly title: string;
  readonly kql: string;
  readonly columns: readonly ColumnHint[];
  readonly rows: readonly Row[];
  /** Lines of canonical JSON, or the words of a refusal. */
  readonly expected: readonly string[];
  readonly refused: boolean;
}

/** JSON with integers beyond 2^53 kept whole. */
const readJson = (text: string): Value => JSON.parse(text, ((_key: string, value: unknown, context?: { readonly source?: string }) =>
  (typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '') ? BigInt(context!.source!) : value)) as (key: string, value: unknown) => unknown) as Value;

interface Group { title: string; columns: ColumnHint[]; rows: Row[] }

export function readGolden(text: string): readonly GoldenCase[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const cases: GoldenCase[] = [];
  let group: Group | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.startsWith('## ')) { group = { title: line.slice(3), columns: [], rows: [{}] }; continue; }
    if (line === '' || line.startsWith('#') || group === null) continue;
    if (line.startsWith('columns ')) group.columns = readColumns(line.slice(8));
    else if (line === 'rows') { const block = blockAfter(lines, at); group.rows = block.map((row) => readJson(row) as Row); at += block.length; }
    else if (/^(case|refused) /.test(line)) { const block = blockAfter(lines, at); cases.push(queryCase(group, line, block)); at += block.length; }
    else cases.push(expressionCase(group, line));
  }
  return cases;
}

const readColumns = (text: string): ColumnHint[] => text.split(',').map((one) => { const [name = '', type = ''] = one.split(':').map((part) => part.trim()); return { name, type: type as KqlType }; });

/** The lines behind `at` up to the next empty one. */
function blockAfter(lines: readonly string[], at: number): readonly string[] {
  const end = lines.indexOf('', at + 1);
  return lines.slice(at + 1, end < 0 ? undefined : end);
}

/** What the rows show, corrected and completed by what the group says. */
function hintsOf({ rows, columns }: Group): readonly ColumnHint[] {
  const said = new Map(columns.map((column) => [column.name, column]));
  const shown = columnHints(rows).map((hint) => said.get(hint.name) ?? hint);
  return [...shown, ...columns.filter(({ name }) => !shown.some((hint) => hint.name === name))];
}

function queryCase(group: Group, head: string, block: readonly string[]): GoldenCase {
  const arrow = block.indexOf('=>');
  if (arrow < 1) throw new Error(`The case "${head}" has no query or no =>.`);
  const refused = head.startsWith('refused ');
  const outcome = block.slice(arrow + 1);
  const expected = refused ? outcome : outcome[0] === 'nothing' ? [] : outcome.map((line) => jsonText(readJson(line)));
  return { title: `${group.title}: ${head.slice(head.indexOf(' ') + 1)}`, kql: block.slice(0, arrow).join('\n'), columns: hintsOf(group), rows: group.rows, expected, refused };
}

function expressionCase(group: Group, line: string): GoldenCase {
  const arrow = line.lastIndexOf(' => ');
  if (arrow < 0) throw new Error(`"${line}" is neither a case nor an expression => value.`);
  const expression = line.slice(0, arrow).trim();
  return { title: `${group.title}: ${expression}`, kql: `source | project x = ${expression}`, columns: hintsOf(group), rows: group.rows.slice(0, 1), expected: [jsonText({ x: readJson(line.slice(arrow + 4)) })], refused: false };
}
