// Takes out what a program that was killed left in processes.
import type { MechanismTable } from '../contract.ts';
import type { LedgerEntry } from './ledger.ts';

/** The same entries with what could not be removed; those without any are gone. */
export async function removeLeftovers(entries: readonly LedgerEntry[], table: MechanismTable): Promise<LedgerEntry[]> {
  return Promise.all(entries.map(async (entry) => ({ ...entry, lefts: await stillLeft(entry.lefts, table) })));
}

/** The last thing that was left goes first. */
async function stillLeft(lefts: LedgerEntry['lefts'], table: MechanismTable): Promise<LedgerEntry['lefts']> {
  const still: LedgerEntry['lefts'][number][] = [];
  for (const one of lefts.toReversed()) {
    if (!await table[one.left.kind].removeLeft(one.left).catch(() => false)) still.unshift(one);
  }
  return still;
}
