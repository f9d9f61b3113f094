// A recorder that is larger than all recorders of an agent together may be: it is taken, and never gets that far. Pure.
import type { FleetRecorders } from '../../../model/index.ts';
import { formatBytes, plural } from '../../ui/index.ts';

/** A sentence about the agents whose budget it passes; null where it fits, or the size is no number. */
export function beyondBudget(mebibytes: string, budgets: FleetRecorders['budgets']): string | null {
  const bytes = Number(mebibytes) * 2 ** 20;
  const small = Number.isFinite(bytes) ? budgets.filter(({ maxBytes }) => bytes > maxBytes).toSorted((a, b) => a.maxBytes - b.maxBytes) : [];
  const [least] = small;
  if (least === undefined) return null;
  const who = small.length === 1 ? `${least.agent} has ${formatBytes(least.maxBytes)}` : `${plural(small.length, 'agent')} have less (${least.agent} ${formatBytes(least.maxBytes)})`;
  return `${who} for all recorders together: this one can never hold ${formatBytes(bytes)} there.`;
}
