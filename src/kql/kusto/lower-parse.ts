// parse and parse-where: the pattern's texts, columns and stars in order.
import type { Expr, KqlType, ParsePart } from '../plan.ts';
import { declaredType, kindOf, textOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { lowerExpression } from './lower-expression.ts';
import type { Lowered } from './lower-operators.ts';
import { checkParameters, choice } from './parameters.ts';
import { items, type KustoNode } from './port.ts';
import { addColumns, type Scope } from './scope.ts';

export function lowerParse(context: Context, scope: Scope, node: KustoNode): Lowered {
  const parameters = checkParameters(context, node, ['kind', 'flags']);
  const mode = choice(context, parameters.get('kind'), ['simple', 'regex', 'relaxed']);
  const parts = items(node.Patterns).map((pattern) => lowerPart(context, scope, pattern));
  const columns = parts.flatMap((part): (readonly [string, KqlType])[] => (part.part === 'column' ? [[part.name, part.type]] : []));
  checkPattern(context, node, parts);
  const operator = { op: 'parse', source: asText(lowerExpression(context, scope, node.Expression)), mode, flags: flagsOf(context, parameters.get('flags'), mode), parts, keepOnlyParsed: kindOf(context, node) === 'ParseWhereOperator' } as const;
  return { operators: [operator], scope: addColumns(scope, columns) };
}

function lowerPart(context: Context, scope: Scope, pattern: KustoNode): ParsePart {
  switch (kindOf(context, pattern)) {
    case 'StarExpression': return { part: 'skip' };
    case 'NameDeclaration': return { part: 'column', name: pattern.SimpleName ?? '', type: 'string' };
    case 'NameAndTypeDeclaration': return { part: 'column', name: pattern.Name?.SimpleName ?? '', type: pattern.Type === undefined ? 'string' : declaredType(textOf(context, pattern.Type)) };
    default: {
      const text = lowerExpression(context, scope, pattern);
      return { part: 'text', text: text.k === 'literal' ? String(text.value) : '' };
    }
  }
}

/** Text is what a pattern is matched against; a value of another type is read as its text. */
const asText = (source: Expr): Expr => (source.type === 'string' ? source : { k: 'call', type: 'string', fn: 'tostring', args: [source] });

function flagsOf(context: Context, parameter: { readonly value: string; readonly node: KustoNode } | undefined, mode: string): string {
  if (parameter === undefined) return '';
  if (mode !== 'regex') context.problems.error(spanOf(parameter.node), 'weir/parameter', 'flags belong to regular expressions.', 'Add kind=regex in front, or leave flags out.');
  else if (!/^[imsU]+$/.test(parameter.value)) context.problems.error(spanOf(parameter.node), 'weir/parameter', `${parameter.value} is not a set of flags.`, 'Flags are i (case), m (lines), s (dot matches all) and U (shortest match).');
  return parameter.value;
}

/** A pattern in which no text tells two columns apart would give the first of them everything. */
function checkPattern(context: Context, node: KustoNode, parts: readonly ParsePart[]): void {
  if (!parts.some(({ part }) => part === 'column')) context.problems.error(spanOf(node), 'weir/parse', 'This pattern names no column, so parse would do nothing.', 'Name what stands between the texts: parse Message with "user=" User " " *.');
  const at = parts.findIndex((part, i) => part.part === 'column' && part.type === 'string' && parts[i + 1]?.part === 'column');
  const [first, second] = [parts[at], parts[at + 1]];
  if (first?.part === 'column' && second?.part === 'column') context.problems.error(spanOf(node), 'weir/parse', `Nothing says where ${first.name} ends and ${second.name} begins.`, `Put the text between them into the pattern: … ${first.name} " " ${second.name} ….`);
}
