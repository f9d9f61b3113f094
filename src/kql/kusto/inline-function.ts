// Functions of `let`, written out where they are called: parameters become the arguments, the body's own `let` is in sight.
import type { Expr, KqlType } from '../plan.ts';
import { declaredType, kindOf, textOf, type Bound, type Context, type Names } from './context.ts';
import { spanOf } from './diagnostics.ts';
import type { Flow } from './flow.ts';
import { lowerExpression } from './lower-expression.ts';
import { nothing } from './lower-names.ts';
import { bindLets } from './let.ts';
import { separated, type KustoNode } from './port.ts';
import { closed, type Scope } from './scope.ts';

type FunctionBound = Extract<Bound, { as: 'expression' | 'table' | 'function' }>;
interface Parameter { readonly name: string; readonly type: KqlType | 'table'; readonly fallback: KustoNode | undefined }

const parametersOf = (context: Context, declaration: KustoNode): readonly Parameter[] => separated(declaration.Parameters?.Parameters).map((parameter) => {
  const type = parameter.NameAndType?.Type;
  const table = type !== undefined && kindOf(context, type) === 'SchemaTypeExpression';
  return { name: parameter.NameAndType?.Name?.SimpleName ?? '', type: table ? 'table' : declaredType(type === undefined ? '' : textOf(context, type)), fallback: parameter.DefaultValue?.Value };
});

/** A call of a function that gives one value. Its body sees parameters only, no columns. */
export function inlineScalar(context: Context, scope: Scope, call: KustoNode, bound: FunctionBound): Expr {
  const parameters = parametersOf(context, bound.node);
  if (parameters.some(({ type }) => type === 'table') || bound.node.Body?.Expression?.ResultType?.IsTabular === true) {
    context.problems.error(spanOf(call), 'weir/let', `${textOf(context, call.Name ?? call)}() gives a table, and a table cannot be a value.`, 'Start the pipeline from it, or use | invoke.');
    return nothing;
  }
  const inside = { ...context, names: bindArguments(context, call, bound, parameters, (part) => lowerExpression(context, scope, part), () => null), aggregate: null };
  return lowerExpression(bindLets(inside, separated(bound.node.Body?.Statements)), closed(scope, []), bound.node.Body?.Expression);
}

/** What the body of a function that gives a table is lowered with. `input` is what stands in front of `| invoke`, the first argument. */
export function insideTabular(context: Context, mode: Scope['mode'], call: KustoNode, bound: FunctionBound, input: Flow | null, rows: (node: KustoNode) => Flow | null): Context {
  const constants = closed({ mode, columns: new Map(), implicit: new Set() }, []);
  const all = parametersOf(context, bound.node);
  const names = bindArguments(context, call, bound, input === null ? all : all.slice(1), (part) => lowerExpression(context, constants, part), rows);
  const first = all[0];
  const inside = input === null || first === undefined ? names : new Map([...names, [first.name, { as: 'rows', flow: input }] as const]);
  return bindLets({ ...context, names: inside, aggregate: null }, separated(bound.node.Body?.Statements));
}

function bindArguments(context: Context, call: KustoNode, bound: FunctionBound, parameters: readonly Parameter[], scalar: (node: KustoNode | undefined) => Expr, rows: (node: KustoNode) => Flow | null): Names {
  const given = new Map<string, KustoNode>();
  separated(call.ArgumentList?.Expressions).forEach((part, i) => {
    const named = kindOf(context, part) === 'SimpleNamedExpression' ? part.Name?.SimpleName : undefined;
    given.set(named ?? parameters[i]?.name ?? '', part);
  });
  const names = new Map(bound.names);
  for (const { name, type, fallback } of parameters) {
    const node = given.get(name) ?? fallback;
    if (type !== 'table') { names.set(name, { as: 'value', expr: cast(scalar(node), type) }); continue; }
    const flow = node === undefined ? null : rows(node);
    if (flow !== null) names.set(name, { as: 'rows', flow });
  }
  return names;
}

const conversions: Partial<Record<KqlType, string>> = { bool: 'tobool', int: 'toint', long: 'tolong', real: 'toreal', decimal: 'todecimal', string: 'tostring', datetime: 'todatetime', timespan: 'totimespan', guid: 'toguid', dynamic: 'todynamic' };

/** The argument as the type that the parameter says: it decides how the body counts. */
function cast(expr: Expr, type: KqlType): Expr {
  if (expr.type === type || type === 'dynamic' || (expr.type === 'int' && type === 'long')) return expr;
  if (expr.k === 'literal' && (type === 'real' || type === 'long' || type === 'int') && typeof expr.value === 'number') return { ...expr, type };
  return { k: 'call', type, fn: conversions[type]!, args: [expr] };
}
