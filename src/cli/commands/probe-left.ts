// What a probe of a terminal could not take out: it is tried again for a while, and then named, with what it is and who takes it out later.
import { setTimeout as waitMs } from 'node:timers/promises';
import { type LedgerEntry, type ProbeLedger, removeLeftovers } from '../../agent/probes/governed/index.ts';
import type { ProbesHere } from './probes-here.ts';

const [usualMs, everyMs] = [10_000, 500];

/** What is left after that time. */
export async function takeOutLater(ledger: ProbeLedger, mechanisms: ProbesHere['mechanisms'], forMs = usualMs): Promise<readonly LedgerEntry[]> {
  const until = performance.now() + forMs;
  for (let left = leftIn(ledger); left.length > 0 && performance.now() < until; left = leftIn(ledger)) {
    const after = await Promise.race([removeLeftovers(left, mechanisms), waitMs(until - performance.now(), null, { ref: false })]);
    if (after === null) break;
    await ledger.settleEarlier(after.filter(({ lefts }) => lefts.length > 0));
    if (leftIn(ledger).length > 0) await waitMs(everyMs);
  }
  return leftIn(ledger);
}

export const leftIn = ({ earlier }: Pick<ProbeLedger, 'earlier'>): readonly LedgerEntry[] => earlier.filter(({ lefts }) => lefts.length > 0);

/** In a sentence each: where, and what. */
export async function wordsOfLeft(left: readonly LedgerEntry[], { inspectorPort }: Pick<ProbesHere, 'inspectorPort'>): Promise<string> {
  const words = await Promise.all(left.flatMap(({ lefts }) => lefts).map(async ({ left: { kind, pid, startTicks, detail } }) => {
    if (kind !== 'logpoint' || pid === null || startTicks === null) return `Left in ${pid === null ? 'the kernel' : `process ${pid}`}: the ${kind}.`;
    const port = await inspectorPort({ pid, startTicks });
    return `Left in process ${pid}: the hook globalThis["${detail['hook']}"], which makes nothing any more${detail['mechanism'] === 'live-edit' ? ', and a statement in the text of the function' : ''}${port === null ? '' : `; its inspector on port ${port}`}.`;
  }));
  return [...new Set(words)].join(' ');
}
