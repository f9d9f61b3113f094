// The price table of a file, YAML or JSON. What it leaves out is as in the starting values.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { startingPrices } from '../../cost/index.ts';
import { priceTable, signalPrices, type PriceTable } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';
import { cannotRead } from './input.ts';

const partialTable = priceTable.extend({ logs: signalPrices.partial(), spans: signalPrices.partial(), metrics: signalPrices.partial() }).partial();
const help = 'A table is, for example:  currency: EUR   logs: { perGb: 0.5, perMillionRecords: 1 }   perSeriesMonth: 0.02';

export async function readPrices(path: string | undefined): Promise<PriceTable> {
  if (path === undefined) return startingPrices;
  const text = await readFile(path, 'utf8').catch((failed: unknown) => { throw cannotRead(path, failed); });
  let value: unknown;
  try {
    value = parse(text);
  } catch (failed) {
    throw new CommandFailure({ code: 'cli.bad-prices', message: `${path} is neither YAML nor JSON: ${(failed as Error).message.split('\n')[0]}`, help });
  }
  const parsed = partialTable.safeParse(value);
  if (!parsed.success) throw new CommandFailure({ code: 'cli.bad-prices', message: `${path} is no price table: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`, help });
  return merged(parsed.data, path);
}

function merged(given: z.infer<typeof partialTable>, path: string): PriceTable {
  const { logs, spans, metrics } = startingPrices;
  return priceTable.parse({ ...startingPrices, note: `From ${path}; what it leaves out is as in the starting values.`, ...given, logs: { ...logs, ...given.logs }, spans: { ...spans, ...given.spans }, metrics: { ...metrics, ...given.metrics } });
}
