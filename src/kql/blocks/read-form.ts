// The body of a block as fields of a form, when it says no more than the form can. Every form prints back to the same plan (print-form.ts).
import { sinkByName } from '../catalogue/sinks.ts';
import { items, type KustoNode } from '../kusto/port.ts';
import { unalias } from '../kusto/source.ts';
import { callArguments, elements, type Reader } from './reader.ts';
import { readExpand, readParse, readSort, readTake, readTop } from './read-rows.ts';
import { readNamed, readSummarize } from './read-summarize.ts';
import { readWhere } from './read-where.ts';
import type { BlockForm } from './types.ts';

/** Of an operator or sink; null when its text says more than a form does. */
export function readForm(reader: Reader, node: KustoNode): BlockForm | null {
  switch (reader.kind(node)) {
    case 'FilterOperator': return items(node.Parameters).length > 0 ? null : readWhere(reader, node.Condition);
    case 'ExtendOperator': case 'ProjectOperator': case 'ProjectRenameOperator': return readColumns(reader, node);
    case 'ProjectAwayOperator': case 'ProjectKeepOperator': case 'DistinctOperator': return items(node.Parameters).length > 0 ? null : { form: 'names', names: elements(reader, node).map((part) => reader.text(part)) };
    case 'SummarizeOperator': return readSummarize(reader, node);
    case 'SortOperator': return readSort(reader, node);
    case 'TopOperator': return readTop(reader, node);
    case 'TakeOperator': case 'SampleOperator': return readTake(reader, node);
    case 'ParseOperator': case 'ParseWhereOperator': return readParse(reader, node);
    case 'MvExpandOperator': return readExpand(reader, node);
    case 'InvokeOperator': return readSink(reader, node);
    default: return null;
  }
}

/** `let name = value`: one named column of a kind. Functions and sub-queries are text. */
export function readLet(reader: Reader, node: KustoNode): BlockForm | null {
  const value = node.Expression;
  if (value === undefined || ['FunctionDeclaration', 'PipeExpression', 'MaterializeExpression'].includes(reader.kind(value))) return null;
  return { form: 'columns', columns: [{ name: reader.text(node.Name), expression: reader.text(value) }] };
}

function readColumns(reader: Reader, node: KustoNode): BlockForm | null {
  const parts = elements(reader, node);
  if (parts.some((each) => reader.kind(each) === 'CompoundNamedExpression')) return null;
  return { form: 'columns', columns: parts.map((each) => readNamed(reader, each)) };
}

/** Arguments by parameter, named or by place; an argument that the sink does not have is for the text. */
function readSink(reader: Reader, node: KustoNode): BlockForm | null {
  const call = node.Function;
  const definition = sinkByName.get(unalias(call?.Name?.SimpleName ?? ''));
  if (call === undefined || definition === undefined) return null;
  const found: Record<string, string> = {};
  for (const [i, argument] of callArguments(reader, call).entries()) {
    const { name, expression } = readNamed(reader, argument);
    const parameter = definition.parameters.find((each, at) => (name === '' ? at === i : each.name === name));
    if (parameter === undefined || found[parameter.name] !== undefined) return null;
    found[parameter.name] = expression;
  }
  return { form: 'sink', sink: definition.name, arguments: found };
}
