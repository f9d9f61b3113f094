// The tail that dry runs read: records before rules, of the rule's own signal, unfiltered, whatever the tail view shows.
// It also knows how long it has really listened, which is what counts become rates with.
import type { PlanTable } from '../../../kql/index.ts';
import type { Signal } from '../../../model/index.ts';
import type { TailClient } from '../../workers/tail/index.ts';

export interface RuleTail extends TailClient {
  /** Milliseconds in which records could come: connected, with an agent, since the last change of signals. Gaps are left out. */
  coveredMs(): number;
}

/** @param nowMs monotonic milliseconds */
export function createRuleTail(client: TailClient, nowMs: () => number): RuleTail {
  let signals = '';
  let earlierMs = 0;
  let sinceMs: number | null = null;
  client.subscribe(({ status, agents }) => {
    const listening = status === 'live' && agents > 0;
    if (listening) sinceMs ??= nowMs();
    else if (sinceMs !== null) { earlierMs += nowMs() - sinceMs; sinceMs = null; }
  });
  const restart = () => { earlierMs = 0; if (sinceMs !== null) sinceMs = nowMs(); };
  return {
    ...client,
    open: options => { if (options.signals.join() !== signals) { signals = options.signals.join(); restart(); } client.open(options); },
    close: () => { client.close(); signals = ''; restart(); },
    coveredMs: () => earlierMs + (sinceMs === null ? 0 : nowMs() - sinceMs),
  };
}

const bySignal: Readonly<Record<PlanTable, readonly Signal[]>> = { Logs: ['logs'], Spans: ['spans'], Metrics: ['metrics'], source: ['logs', 'spans', 'metrics'] };

/** The signals that a rule on this text reads: by its first word, so that records gather before the text is whole. */
export function signalsOf(kql: string): readonly Signal[] {
  const word = /^(?:\s|\/\/[^\n]*(?:\n|$))*(\w+)/.exec(kql)?.[1] ?? '';
  return bySignal[word as PlanTable] ?? bySignal.Logs;
}
