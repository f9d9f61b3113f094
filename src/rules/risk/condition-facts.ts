// What a condition says of the records that pass it: whether it names an event or a service, and whether errors, and others, can be
// among them. Read along `and` and `or`, so that a condition that lets more pass never looks narrower than one that lets fewer.
import type { Expr } from '../../kql/index.ts';

export interface ConditionFacts {
  /** Only records of named events, services, spans or metrics pass. */
  readonly isKeyed: boolean;
  /** Records of error severity (17 and above) can pass; records below it can. */
  readonly errors: boolean;
  readonly others: boolean;
}

type Call = Extract<Expr, { k: 'call' }>;
const anything: ConditionFacts = { isKeyed: false, errors: true, others: true };

/** Of records that pass every one of the conditions. */
export const conditionFacts = (conditions: readonly Expr[]): ConditionFacts => conditions.map(factsOf).reduce(both, anything);

const both = (a: ConditionFacts, b: ConditionFacts): ConditionFacts => ({ isKeyed: a.isKeyed || b.isKeyed, errors: a.errors && b.errors, others: a.others && b.others });
const either = (a: ConditionFacts, b: ConditionFacts): ConditionFacts => ({ isKeyed: a.isKeyed && b.isKeyed, errors: a.errors || b.errors, others: a.others || b.others });

function factsOf(expr: Expr): ConditionFacts {
  if (expr.k !== 'call') return anything;
  if (expr.fn === 'and') return expr.args.map(factsOf).reduce(both, anything);
  if (expr.fn === 'or' && expr.args.length > 0) return expr.args.map(factsOf).reduce(either);
  return { isKeyed: namesSource(expr), ...severityFacts(expr) };
}

const keyColumns: ReadonlySet<string> = new Set(['EventName', 'ServiceName', 'DurableId', 'Name', 'MetricName']);
const namesSource = ({ fn, args }: Call): boolean => fn === 'event' || (['==', '=~', 'in', 'in~'].includes(fn) && args.some((arg) => arg.k === 'column' && keyColumns.has(arg.name)));

const anySeverity = { errors: true, others: true };
const errorsOnly = { errors: true, others: false };
const noErrors = { errors: false, others: true };

/** 17 and above are errors (OpenTelemetry log data model, SeverityNumber). */
function severityFacts({ fn, args: [field, ...rest] }: Call): Pick<ConditionFacts, 'errors' | 'others'> {
  if (field?.k !== 'column' || !rest.every((arg) => arg.k === 'literal')) return anySeverity;
  const values = rest.map(({ value }) => value);
  if (field.name === 'SeverityNumber') return numberFacts(fn, values);
  if (field.name !== 'SeverityText' || !['==', '=~', 'has', 'in', 'in~'].includes(fn)) return anySeverity;
  return among(values, (value) => /err|fatal|crit/i.test(String(value)));
}

function numberFacts(fn: string, values: readonly unknown[]): Pick<ConditionFacts, 'errors' | 'others'> {
  const [bound] = values;
  if (fn === '==' || fn === 'in') return among(values, (value) => Number(value) >= 17);
  if ((fn === '>=' && Number(bound) >= 17) || (fn === '>' && Number(bound) >= 16)) return errorsOnly;
  return (fn === '<' && Number(bound) <= 17) || (fn === '<=' && Number(bound) <= 16) ? noErrors : anySeverity;
}

const among = (values: readonly unknown[], isError: (value: unknown) => boolean): Pick<ConditionFacts, 'errors' | 'others'> =>
  values.length === 0 ? anySeverity : { errors: values.some(isError), others: !values.every(isError) };
