// A predicate as clauses: comparisons joined by `and` or by `or`, groups of them in brackets, and `not(…)` of a group. Anything else is said as text.
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { children, type KustoNode } from '../kusto/port.ts';
import { callArguments, unwrapped, type Reader } from './reader.ts';
import type { BlockForm, ClauseField, WhereCondition } from './types.ts';

/** Functions of one argument that read as an operator without a right side. */
export const emptyTests: ReadonlySet<string> = new Set(['isempty', 'isnotempty', 'isnull', 'isnotnull']);

const joints: Readonly<Record<string, 'and' | 'or'>> = { AndExpression: 'and', OrExpression: 'or' };

export function readWhere(reader: Reader, condition: KustoNode | null | undefined): BlockForm | null {
  if (condition === null || condition === undefined) return null;
  const found = readJoined(reader, unwrapped(reader, condition) ?? condition, 0);
  return found === null ? null : { form: 'where', ...found };
}

/** Deeper than this a form helps nobody. */
const deepest = 4;

function readJoined(reader: Reader, node: KustoNode, depth: number): { readonly join: 'and' | 'or'; readonly clauses: readonly WhereCondition[] } | null {
  const join = joints[reader.kind(node)] ?? 'and';
  const clauses = spine(reader, node, join).map((part) => readCondition(reader, part, depth));
  return clauses.every((clause) => clause !== null) ? { join, clauses } : null;
}

function readCondition(reader: Reader, wrapped: KustoNode, depth: number): WhereCondition | null {
  const node = unwrapped(reader, wrapped);
  if (node === null) return null;
  const negated = negatedBy(reader, node);
  const inner = negated ?? (reader.kind(node) in joints ? node : null);
  if (inner === null) return readClause(reader, node);
  const found = depth < deepest ? readJoined(reader, inner, depth + 1) : null;
  return found === null ? null : { ...found, not: negated !== null };
}

/** What stands in `not(…)`; null for anything else. */
function negatedBy(reader: Reader, node: KustoNode): KustoNode | null {
  if (reader.kind(node) !== 'FunctionCallExpression' || node.Name?.SimpleName !== 'not') return null;
  const args = callArguments(reader, node);
  return args.length === 1 ? unwrapped(reader, args[0]) : null;
}

/** `a and b and c` leans to the left; a right side in brackets would lean otherwise, so it is not taken apart. */
function spine(reader: Reader, node: KustoNode, join: 'and' | 'or'): readonly KustoNode[] {
  if (joints[reader.kind(node)] !== join || node.Left === undefined || node.Right === undefined) return [node];
  return [...spine(reader, node.Left, join), node.Right];
}

function readClause(reader: Reader, node: KustoNode): ClauseField | null {
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
