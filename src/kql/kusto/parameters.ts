// Named parameters of operators: `kind=inner`, `with_itemindex=i`, `hint.strategy=shuffle`.
import { kindOf, textOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { items, type KustoNode } from './port.ts';

export interface Parameter { readonly name: string; readonly value: string; readonly node: KustoNode }

/** The parameters by name. Hints for a cluster mean nothing here and change no result; any other that is not `known` would, so it is reported. */
export function checkParameters(context: Context, node: KustoNode, known: readonly string[]): ReadonlyMap<string, Parameter> {
  const found = new Map<string, Parameter>();
  for (const parameter of items(node.Parameters)) {
    const name = parameter.Name?.SimpleName ?? textOf(context, parameter);
    const value = parameter.Expression;
    if (known.includes(name)) found.set(name, { name, value: value === undefined ? '' : valueOf(context, value), node: parameter });
    else if (!name.startsWith('hint.')) context.problems.error(spanOf(parameter), 'weir/parameter', `Weir does not know the parameter ${name}.`, known.length === 0 ? 'Leave it out.' : `It knows ${known.join(', ')}.`);
  }
  return found;
}

const valueOf = (context: Context, node: KustoNode): string => (kindOf(context, node) === 'NameDeclaration' ? (node.SimpleName ?? '') : textOf(context, node));

/** One of a few words; another is reported and the first taken. */
export function choice<T extends string>(context: Context, parameter: Parameter | undefined, words: readonly [T, ...T[]]): T {
  const chosen = words.find((word) => word === parameter?.value);
  if (chosen !== undefined || parameter === undefined) return chosen ?? words[0];
  context.problems.error(spanOf(parameter.node), 'weir/parameter', `${parameter.name} cannot be ${parameter.value}.`, `Write ${words.map((word) => `${parameter.name}=${word}`).join(' or ')}.`);
  return words[0];
}
