// What a rule does, as far as a glance tells: its sink and the durable id that it names. Enough to play its effect; no compiler.
import type { RuleDocument } from '../src/model/index.ts';

export interface RuleShape { readonly sink: string; readonly table: string; readonly durableId: string | null; readonly ratio: number; /** What keeps it from compiling, in the mock's eyes. */ readonly fault: string | null }

export const outline = (document: RuleDocument): RuleShape => (document.kind === 'query' ? outlineKql(document.kql) : { sink: '', table: '', durableId: null, ratio: 1, fault: null });

export function outlineKql(kql: string): RuleShape {
  const sink = /\binvoke\s+(\w+)\s*\(\s*([0-9.]+)?/.exec(kql);
  const named = /\b(?:DurableId|EventName|Name)\s*==\s*"([^"]*)"/.exec(kql);
  const table = /^\s*(?:\/\/[^\n]*\n\s*)*(Logs|Spans|Metrics|source)\b/.exec(kql)?.[1] ?? '';
  const fault = table === '' ? 'Start with Logs, Spans or Metrics.' : sink === null ? 'A rule ends in a sink, such as | invoke drop().' : null;
  return { sink: sink?.[1] ?? '', table, durableId: named?.[1] ?? null, ratio: sink?.[2] === undefined ? 1 : Number(sink[2]), fault };
}
