// Which rules run here, and in which of the two passes. First, on the app's own objects, those that only take records away: what
// they drop costs no encoding. Then, on the record as wire bytes, redaction and whatever writes, by the agent's own pipeline. What
// needs windows, disks or other records stays on the agent, and says so.
import { parsePlan, type Sink } from '../../kql/index.ts';
import type { AgentRule } from '../../model/index.ts';

export interface Refused { readonly id: string; readonly version: number; readonly reason: string }
export interface SplitRules {
  /** Sinks drop and sample that stand before the first that writes, in their order. */
  readonly first: readonly AgentRule[];
  /** Redaction, and the rest from the first rule that writes. */
  readonly later: readonly AgentRule[];
  readonly refused: readonly Refused[];
}

const inOrder = (a: AgentRule, b: AgentRule): number => a.order - b.order || (a.id < b.id ? -1 : 1);

/** Rules of other locations are not for processes; one without a location is meant for whoever reads the file. */
export function splitRules(rules: readonly AgentRule[]): SplitRules {
  const mine = rules.filter(({ location }) => location === undefined || location === 'in-process').toSorted(inOrder);
  const [first, later, refused]: [AgentRule[], AgentRule[], Refused[]] = [[], [], []];
  let written = false;
  for (const rule of mine) {
    const kind = kindOf(rule);
    if ('reason' in kind) { refused.push({ id: rule.id, version: rule.version, reason: kind.reason }); continue; }
    written ||= kind.sink === 'update';
    (kind.sink === 'redact' || written ? later : first).push(rule);
  }
  return { first, later, refused };
}

/** The sink that a rule has here, or why it has none. One that may redact and cannot be read is the pipeline's to cover for. */
function kindOf({ plan, policy, machine, language }: AgentRule): { readonly sink: 'drop' | 'sample' | 'update' | 'redact' } | { readonly reason: string } {
  if (policy !== null) return { sink: 'redact' };
  if (machine !== undefined && machine !== null) return { reason: 'A net runs on the agent only: set location: on-box.' };
  if (language !== undefined && language !== null) return { reason: 'A language rule runs on the agent only: set location: on-box.' };
  const parsed = parsePlan(plan);
  if (!parsed.ok) return mayRedact(plan) ? { sink: 'redact' } : { reason: `${parsed.error.message} ${parsed.error.help ?? ''}`.trim() };
  const { sink } = parsed.value;
  return sink === null ? { reason: 'The rule has no sink.' } : here(sink);
}

const mayRedact = (plan: unknown): boolean => JSON.stringify(plan ?? null).includes('"redact"');

function here({ sink }: Sink): ReturnType<typeof kindOf> {
  if (sink === 'drop' || sink === 'sample' || sink === 'update' || sink === 'redact') return { sink };
  return { reason: `${sink} keeps records or sends them elsewhere, which the agent does: set location: on-box.` };
}
