// A predicate as clauses: comparisons joined by `and` only or by `or` only. Anything else is said as text.
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { children, type KustoNode } from '../kusto/port.ts';
import { callArguments, unwrapped, type Reader } from './reader.ts';
import type { BlockForm, ClauseField } from './types.ts';

/** Functions of one argument that read as an operator without a right side. */
export const emptyTests: ReadonlySet<string> = new Set(['isempty', 'isnotempty', 'isnull', 'isnotnull']);

const joints: Readonly<Record<string, 'and' | 'or'>> = { AndExpression: 'and', OrExpression: 'or' };

export function readWhere(reader: Reader, condition: KustoNode | null | undefined): BlockForm | null {
  if (condition === null || condition === undefined) return null;
  const join = joints[reader.kind(condition)] ?? 'and';
  const clauses = spine(reader, condition, join).map((node) => readClause(reader, node));
  return clauses.every((clause) => clause !== null) ? { form: 'where', join, clauses } : null;
}

/** `a and b and c` leans to the left; a right side in brackets would lean otherwise, so it is not taken apart. */
function spine(reader: Reader, node: KustoNode, join: 'and' | 'or'): readonly KustoNode[] {
  if (joints[reader.kind(node)] !== join || node.Left === undefined || node.Right === undefined) return [node];
  return [...spine(reader, node.Left, join), node.Right];
}

function readClause(reader: Reader, wrapped: KustoNode): ClauseField | null {
  const node = unwrapped(reader, wrapped);
  if (node === null) return null;
  const name = node.Name?.SimpleName ?? '';
  if (reader.kind(node) === 'FunctionCallExpression' && emptyTests.has(name)) {
    const args = callArguments(reader, node);
    return args.length === 1 ? { left: reader.text(args[0]), operator: name, right: '' } : null;
  }
  const [left, sign, right] = children(node);
  const operator = reader.text(sign).replace(/\s+/g, ' ');
  const compares = binaryByName.get(operator)?.precedence === 3 || listByName.has(operator);
  return compares && left !== undefined && right !== undefined && children(node).length === 3 ? { left: reader.text(left), operator, right: reader.text(right) } : null;
}
