// The team's price table: kept in the settings, audited when it changes.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { startingPrices } from '../../cost/index.ts';
import { bytesPerGb, priceTable, type PriceTable } from '../../model/index.ts';
import { record, type Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { Store, StoreParts } from '../store/index.ts';

const key = 'cost.prices';
/** What was kept before there was a table: one price for a GiB of anything, or null. */
const formerKey = 'cost';
const former = z.object({ pricePerGiB: z.number().nonnegative().nullable(), currency: z.string().min(1).max(8) });

export class Prices {
  readonly #store: Store;
  readonly #now: () => string;
  #table: PriceTable = startingPrices;

  constructor(store: Store, now: () => string) {
    this.#store = store;
    this.#now = now;
  }

  async load(): Promise<void> { this.#table = await read(this.#store); }

  get table(): PriceTable { return this.#table; }

  /** `base`: what was edited. Errors: `prices.changed-meanwhile`. */
  async set(table: PriceTable, actor: Actor, base?: PriceTable): Promise<Result<PriceTable, Problem>> {
    let isOther = false;
    await this.#store.transaction(async (parts) => {
      const before = await read(parts);
      isOther = base !== undefined && !isDeepStrictEqual(base, before);
      if (isOther) return;
      if (JSON.stringify(before) === JSON.stringify(table)) return;
      await parts.settings.set(key, JSON.stringify(table));
      await record(parts, actor, this.#now(), { action: 'cost.prices', subject: 'cost:prices', before, after: table });
    });
    await this.load();
    return isOther ? refuse('prices.changed-meanwhile', 'Somebody else saved the prices while they were edited, so these were not saved.') : ok(this.#table);
  }
}

async function read({ settings }: Pick<StoreParts, 'settings'>): Promise<PriceTable> {
  const stored = await settings.get(key);
  if (stored !== null) return priceTable.parse(JSON.parse(stored));
  const before = await settings.get(formerKey);
  return before === null ? startingPrices : upgraded(former.parse(JSON.parse(before)));
}

const bytesPerGiB = 1024 ** 3;

/** One price for all of it, as it was said; nobody said anything of records, retention and series. */
function upgraded({ pricePerGiB, currency }: z.infer<typeof former>): PriceTable {
  if (pricePerGiB === null) return startingPrices;
  const of = (signal: 'logs' | 'spans' | 'metrics') => ({ ...startingPrices[signal], perGb: (pricePerGiB * bytesPerGb) / bytesPerGiB, perMillionRecords: null, perGbMonthKept: null });
  return { currency, logs: of('logs'), spans: of('spans'), metrics: of('metrics'), perSeriesMonth: null, note: 'Taken over from the price of a GiB that was set before there was this table.' };
}
