// A query rule over records that are no wire bytes: whoever has records as objects gives a RecordCursor over them, of which only
// `column`, `attribute`, `resourceAttribute`, `view.resourceOf`, `index` and `resets` are used. Says which records match, and which of
// them a sample keeps; what its sink does is the caller's.
import { clearShortfall, shortfall, type Clock, type Failure, type Result } from '../../base/index.ts';
import { parsePlan, type Sink } from '../../kql/index.ts';
import { signals, type AgentRuleInput, type Signal } from '../../model/index.ts';
import type { RecordCursor, Value } from '../../otlp/index.ts';
import { CompileError, newFrame } from '../expr/index.ts';
import { compiling } from '../filter.ts';
import { compileQuerySteps, type RecordSteps } from '../record/index.ts';
import { Sampler } from './sample.ts';
import { compileTargets } from './targets.ts';

export interface RecordRule {
  readonly sink: Sink;
  /** By signal that the rule is about: whether the record at the cursor matches. Throws when that cannot be said. Not re-entrant. */
  readonly matches: Partial<Readonly<Record<Signal, (cursor: RecordCursor) => boolean>>>;
  /** Of sink sample: whether a record that matches stays. */
  readonly keeps: Partial<Readonly<Record<Signal, (cursor: RecordCursor) => boolean>>>;
}

/** `agent`: what targets name as `Agent`. The failure's code is `plan-invalid`, or one of parsePlan. */
export function compileRecordRule({ plan, targets }: Pick<AgentRuleInput, 'plan' | 'targets'>, clock: Clock, agent: Readonly<Record<string, Value>>): Result<RecordRule, Failure> {
  const parsed = parsePlan(plan);
  if (!parsed.ok) return parsed;
  return compiling(() => {
    const { sink } = parsed.value;
    if (sink === null) throw new CompileError('A rule must end in a sink.', 'End the query in | invoke drop(), or another sink.');
    const steps = compileQuerySteps(parsed.value, clock, false);
    const about = signals.filter((signal) => steps.has(signal));
    const each = <T>(make: (signal: Signal) => T | null): Partial<Record<Signal, T>> => Object.fromEntries(about.map((signal) => [signal, make(signal)] as const).filter(([, made]) => made !== null));
    return {
      sink, matches: each((signal) => matcher(steps.get(signal)!, compileTargets(targets, signal, agent, clock, false))),
      keeps: sink.sink === 'sample' ? each((signal) => { const sampler = new Sampler(sink.ratio, signal); return (cursor: RecordCursor) => sampler.keeps(cursor); }) : {},
    };
  });
}

function matcher({ run, rest }: RecordSteps, { possible, test }: ReturnType<typeof compileTargets>): ((cursor: RecordCursor) => boolean) | null {
  if (rest[0] !== undefined) throw new CompileError(`${rest[0].op} does not stream over single records.`, 'Run the rule on the agent (location: on-box).');
  if (!possible) return null;
  const frame = newFrame();
  return (cursor) => {
    frame.cursor = cursor;
    clearShortfall();
    const answer = (test === null || test(frame)) && run(frame);
    const reason = shortfall();
    if (reason !== null) throw new Error(reason);
    return answer;
  };
}
