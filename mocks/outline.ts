// What a rule does, as far as a glance tells: its sink and the durable id that it names. Enough to play its effect; no compiler.
import { planVersion, type Plan, type Sink } from '../src/kql/index.ts';
import type { RuleDocument } from '../src/model/index.ts';

export interface RuleShape {
  readonly sink: string; readonly table: string; readonly durableId: string | null;
  /** Share that a sample keeps. */
  readonly ratio: number;
  /** The records go on: a metric that keeps them, a copy into a recorder. */
  readonly keeps: boolean;
  /** What keeps it from compiling, in the mock's eyes. */
  readonly fault: string | null;
  /** What agents would report to run: the named id and the sink; null for what is no query. */
  readonly plan: Plan | null;
}

const noQuery: RuleShape = { sink: '', table: '', durableId: null, ratio: 1, keeps: true, fault: null, plan: null };

/** A policy takes no record and redacts all tables; it names no line. */
const policyShape: RuleShape = { ...noQuery, sink: 'redact' };

export const outline = (document: RuleDocument): RuleShape => (document.kind === 'query' ? outlineKql(document.kql) : document.kind === 'redaction-policy' ? policyShape : noQuery);

export function outlineKql(kql: string): RuleShape {
  const [, sink, args = ''] = /\binvoke\s+(\w+)\s*\(([^)]*)/.exec(kql) ?? [];
  const [, column, durableId] = /\b(DurableId|EventName|Name)\s*==\s*"([^"]*)"/.exec(kql) ?? [];
  const table = /^\s*(?:\/\/[^\n]*\n\s*)*(Logs|Spans|Metrics|source)\b/.exec(kql)?.[1] ?? '';
  const fault = table === '' ? 'Start with Logs, Spans or Metrics.' : sink === undefined ? 'A rule ends in a sink, such as | invoke drop().' : null;
  return {
    sink: sink ?? '', table, durableId: durableId ?? null, ratio: sink === 'sample' ? Number(args) : 1, keeps: /\b(keep|tee)\s*=\s*true/.test(args), fault,
    plan: fault === null ? planOf(table as Plan['table'], column, durableId, sinkOf(sink ?? '', args)) : null,
  };
}

function planOf(table: Plan['table'], column: string | undefined, durableId: string | undefined, sink: Sink | null): Plan | null {
  const operators: Plan['operators'] = column === undefined || durableId === undefined ? [] : [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: column }, { k: 'literal', type: 'string', value: durableId }] } }];
  return sink === null ? null : { version: planVersion, table, operators, sink };
}

/** Of the sinks that take or keep whole records; metrics would need their summary, and are not reported. */
function sinkOf(name: string, args: string): Sink | null {
  const text = /"([^"]*)"/.exec(args)?.[1] ?? '';
  switch (name) {
    case 'drop': return { sink: 'drop' };
    case 'sample': return { sink: 'sample', ratio: Number(args) };
    case 'redact': return { sink: 'redact', detectors: [text], mode: 'mask' };
    case 'record': return { sink: 'record', recorder: text, tee: /tee\s*=\s*true/.test(args) };
    case 'route': return { sink: 'route', exporter: text };
    default: return null;
  }
}
