// Plans by hand, for tests that must not depend on the compiler: where(call('==', col('EventName'), lit('x'))).
import { planVersion, type Expr, type KqlType, type Operator, type Plan, type PlanTable, type Sink } from '../kql/index.ts';
import type { AgentRuleInput } from '../model/index.ts';

const literalType = (value: unknown): KqlType => (typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'long' : typeof value === 'number' ? 'real' : 'dynamic');
export const lit = (value: unknown, type: KqlType = literalType(value)): Expr => ({ k: 'literal', type, value });
export const col = (name: string, type: KqlType = 'string'): Expr => ({ k: 'column', type, name });
/** One attribute of the record. */
export const attr = (key: string, bag = 'Attributes'): Expr => ({ k: 'member', type: 'dynamic', base: col(bag, 'dynamic'), key: lit(key) });

const boolean = /^(==|!=|=~|!~|<|<=|>|>=|and|or|not|!?in~?|!?between|!?(has|contains|startswith|endswith|hasprefix|hassuffix)(_cs)?|!?matches regex|has_any|has_all|is\w+)$/;

/** A call; its type is bool for predicates, else that of the first argument unless given. */
export const call = (fn: string, ...args: readonly Expr[]): Expr => ({ k: 'call', fn, args, type: boolean.test(fn) ? 'bool' : args[0]?.type ?? 'dynamic' });

export const where = (predicate: Expr): Operator => ({ op: 'where', predicate });
export const plan = (table: PlanTable, operators: readonly Operator[], sink: Sink | null = null): Plan => ({ version: planVersion, table, operators, sink });
export const rule = (id: string, of: Plan, order = 100, version = 1): AgentRuleInput => ({ id, name: id, version, order, plan: of });
