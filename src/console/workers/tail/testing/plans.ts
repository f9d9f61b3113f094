// Plans for tests, without the KQL compiler: the shape it would give.
import { planVersion, type Expr, type KqlType, type Operator, type Plan, type Sink } from '../../../../kql/index.ts';

const types: Readonly<Record<string, KqlType>> = { string: 'string', number: 'long', boolean: 'bool' };
export const literal = (value: string | number | boolean): Expr => ({ k: 'literal', type: types[typeof value]!, value });
export const column = (name: string, type: KqlType = 'string'): Expr => ({ k: 'column', type, name });
export const attribute = (key: string): Expr => ({ k: 'member', type: 'dynamic', base: column('Attributes', 'dynamic'), key: literal(key) });
export const call = (fn: string, ...args: Expr[]): Expr => ({ k: 'call', type: 'bool', fn, args });
export const plan = (operators: readonly Operator[], sink: Sink | null = null): Plan => ({ version: planVersion, table: 'Logs', operators, sink });
export const where = (predicate: Expr, sink: Sink | null = null): Plan => plan([{ op: 'where', predicate }], sink);
export const severityAtLeast = (severity: number): Expr => call('>=', column('SeverityNumber', 'int'), literal(severity));
export const isService = (name: string): Expr => call('==', column('ServiceName'), literal(name));
