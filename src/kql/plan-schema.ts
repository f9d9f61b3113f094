// A Plan as it arrives from outside: checked for shape, depth and size before anything runs it. Knows nothing of the parser.
import { z } from 'zod';
import { err, ok, type Failure, type Result } from '../base/index.ts';
import { planVersion, type Expr, type Operator, type Plan } from './plan.ts';

/** Bounds that no person reaches and that keep a hostile Plan cheap to refuse. */
export const planLimits = { maxNodes: 20_000, maxDepth: 400, maxOperators: 200, maxString: 65_536, maxUnionDepth: 8, maxUnionInputs: 32, maxParseParts: 100 } as const;

const name = z.string().min(1).max(1024);
const kqlType = z.enum(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'dynamic', 'guid']);
const integerText = z.string().regex(/^-?\d{1,40}$/);

/** What a literal of each type may hold; null always. */
const literalValues: Readonly<Record<z.infer<typeof kqlType>, z.ZodType>> = {
  bool: z.boolean(), int: z.number().int(), long: z.union([z.number().int(), integerText]), real: z.union([z.number(), z.enum(['nan', '+inf', '-inf'])]),
  decimal: z.union([z.string().regex(/^[+-]?[\d.]+(e[+-]?\d+)?$/i).max(80), z.number()]), string: z.string().max(planLimits.maxString), datetime: integerText, timespan: integerText,
  dynamic: z.unknown(), guid: z.string().regex(/^[0-9a-f-]{32,36}$/),
};

const literal = z.object({ k: z.literal('literal'), type: kqlType, value: z.unknown() })
  .refine(({ type, value }) => value === null || value === undefined || literalValues[type].safeParse(value).success, 'The value is not one of its type.')
  .transform(({ k, type, value }) => ({ k, type, value: value ?? null }));
const column = z.object({ k: z.literal('column'), type: kqlType, name });
const member = z.object({ k: z.literal('member'), type: z.literal('dynamic'), get base() { return expr; }, get key() { return expr; } });
/** Engines look functions up in plain objects, which have names of their own. */
const functionName = z.string().min(1).max(64).refine((text) => !(text in Object.prototype), 'No function has this name.');
const call = z.object({ k: z.literal('call'), type: kqlType, fn: functionName, get args() { return z.array(expr).max(planLimits.maxNodes); } });
const expr: z.ZodType<Expr> = z.lazy(() => z.discriminatedUnion('k', [literal, column, member, call])) as z.ZodType<Expr>;

const named = z.object({ name, expr });
const sortKey = z.object({ expr, descending: z.boolean(), nullsFirst: z.boolean() });
const aggregate = z.object({ name, fn: z.string().regex(/^[a-z_0-9]{1,64}$/), args: z.array(expr).max(16), type: kqlType });
const many = <T extends z.ZodType>(item: T) => z.array(item).max(1000);

const table = z.enum(['Logs', 'Spans', 'Metrics', 'source']);
const parsePart = z.discriminatedUnion('part', [z.object({ part: z.literal('text'), text: z.string().max(planLimits.maxString) }), z.object({ part: z.literal('column'), name, type: kqlType }), z.object({ part: z.literal('skip') })]);

const operator = z.discriminatedUnion('op', [
  z.object({ op: z.literal('where'), predicate: expr }),
  z.object({ op: z.enum(['extend', 'project']), columns: many(named) }),
  z.object({ op: z.enum(['project-away', 'project-keep']), columns: many(name) }),
  z.object({ op: z.literal('project-rename'), columns: many(z.object({ from: name, to: name })) }),
  z.object({ op: z.literal('summarize'), aggregates: many(aggregate), by: many(named) }),
  z.object({ op: z.literal('distinct'), by: many(named) }),
  z.object({ op: z.literal('sort'), by: many(sortKey) }),
  z.object({ op: z.literal('top'), count: expr, by: many(sortKey) }),
  z.object({ op: z.literal('take'), count: expr }),
  z.object({ op: z.literal('count') }),
  z.object({ op: z.literal('sample'), count: expr }),
  z.object({ op: z.literal('parse'), source: expr, mode: z.enum(['simple', 'regex', 'relaxed']), flags: z.string().regex(/^[imsU]{0,8}$/), parts: z.array(parsePart).min(1).max(planLimits.maxParseParts), keepOnlyParsed: z.boolean() }),
  z.object({ op: z.literal('mv-expand'), columns: z.array(z.object({ name, expr, type: kqlType })).min(1).max(32), bag: z.enum(['bag', 'array']), indexColumn: name.nullable(), limit: expr.nullable() }),
  z.object({ op: z.literal('union'), kind: z.enum(['outer', 'inner']), inputs: z.lazy(() => z.array(z.object({ table, operators })).min(1).max(planLimits.maxUnionInputs)), sourceColumn: name.nullable() }),
]);
const operators: z.ZodType<readonly Operator[]> = z.array(operator).max(planLimits.maxOperators) as z.ZodType<readonly Operator[]>;

const sink = z.discriminatedUnion('sink', [
  z.object({ sink: z.literal('drop') }), z.object({ sink: z.literal('update') }),
  z.object({ sink: z.literal('sample'), ratio: z.number().gt(0).lte(1) }),
  z.object({ sink: z.literal('dedup'), windowNanos: z.string().regex(/^[1-9]\d{0,14}$/, 'The window is no number above zero.'), key: z.array(name).max(32) }),
  z.object({ sink: z.literal('redact'), detectors: z.array(name).min(1).max(100), mode: z.enum(['mask', 'hash', 'remove']) }),
  z.object({ sink: z.literal('to_metric'), name: z.string().min(1).max(255), unit: z.string().max(63), keep: z.boolean() }),
  z.object({ sink: z.literal('record'), recorder: name, tee: z.boolean() }),
  z.object({ sink: z.literal('route'), exporter: name }),
]);

const planSchema = z.object({
  // Every Plan of version 1 is one of version 2, and reads as such.
  version: z.union([z.literal(1), z.literal(planVersion)]).transform((): typeof planVersion => planVersion), table, operators, sink: sink.nullable(),
});

/** A Plan out of untrusted JSON. Errors: `plan.too-large`, `plan.version`, `plan.invalid` with the path of the first fault. */
export function parsePlan(input: unknown): Result<Plan, Failure> {
  const size = sizeFault(input);
  if (size !== null) return err({ code: 'plan.too-large', message: `The plan ${size}.`, help: 'Shorten the query, or split it into several rules.' });
  const version = typeof input === 'object' && input !== null && 'version' in input ? input.version : undefined;
  if (typeof version === 'number' && version !== 1 && version !== planVersion) return err({ code: 'plan.version', message: `The plan is of version ${version}; this program reads versions 1 to ${planVersion}.`, help: 'Update the older of agent and server.' });
  const parsed = planSchema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return err({ code: 'plan.invalid', message: `The plan is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'unknown fault'}`, help: 'Save the rule again, so that it is compiled anew.' });
}

/** Null when within the bounds, else what is wrong, as the end of a sentence. Walks without recursion, so depth cannot hurt. */
export function sizeFault(input: unknown): string | null { return volumeFault(input) ?? unionFault(input); }

function volumeFault(input: unknown): string | null {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  let nodes = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, depth } = next;
    if (++nodes > planLimits.maxNodes * 8) return `holds more than ${planLimits.maxNodes} expressions`;
    // An expression is two levels of JSON: the object and its list of arguments.
    if (depth > planLimits.maxDepth * 2 + 8) return `nests deeper than ${planLimits.maxDepth} levels`;
    if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) stack.push({ value: child, depth: depth + 1 });
  }
  return null;
}

/** Null when unions nest within bounds and all their pipes together have no more operators than one may have. */
function unionFault(input: unknown): string | null {
  const stack: { readonly query: unknown; readonly depth: number }[] = [{ query: input, depth: 0 }];
  let count = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const list = fieldOf(next.query, 'operators');
    if (next.depth > planLimits.maxUnionDepth) return `nests unions deeper than ${planLimits.maxUnionDepth} levels`;
    if (!Array.isArray(list)) continue;
    count += list.length;
    if (count > planLimits.maxOperators) return `has more than ${planLimits.maxOperators} operators`;
    for (const one of list) { const inputs = fieldOf(one, 'inputs'); if (Array.isArray(inputs)) for (const query of inputs) stack.push({ query, depth: next.depth + 1 }); }
  }
  return null;
}

const fieldOf = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined);
