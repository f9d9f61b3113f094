// The units of a rule document as numbers: durations, shares, sizes and rates. The schema (model/rule-document.ts) has
// checked the form; text of another form is a bug of the caller and throws.
import { defaultBounds, type RuleBounds, type RuleDocument } from '../../model/index.ts';

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizeUnits: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
const rateSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

function split(text: string, units: Readonly<Record<string, number>>, separator: string): readonly [amount: number, unit: number] {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s?\/?\s?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  if (amount === undefined || factor === undefined || text.includes('/') !== (separator === '/')) throw new Error(`"${text}" is not of the form that the schema asks for.`);
  return [Number(amount), factor];
}

/** `500ms`, `30s`, `5m`, `1h`, `7d` in milliseconds. */
export function durationMs(text: string): number {
  const [amount, unit] = split(text, durationUnits, '');
  return amount * unit;
}

/** The same in nanoseconds, exact to the microsecond. */
export const durationNanos = (text: string): bigint => BigInt(Math.round(durationMs(text) * 1000)) * 1000n;

/** `32MiB` in whole bytes, at least one. */
export function sizeBytes(text: string): number {
  const [amount, unit] = split(text, sizeUnits, '');
  return Math.max(1, Math.round(amount * unit));
}

/** `200/s`, `1000/m` per second. */
export function ratePerSecond(text: string): number {
  const [amount, seconds] = split(text, rateSeconds, '/');
  return amount / seconds;
}

/** `1%` of one core as 0.01. */
export const shareOf = (text: string): number => Number.parseFloat(text) / 100;

/** A document's budget as numbers; what it does not name has the default. A share of 0 or above 100 % is brought into (0, 1]. */
export function boundsOf({ budget }: Pick<RuleDocument, 'budget'>): RuleBounds {
  return {
    cpuShare: budget?.cpu === undefined ? defaultBounds.cpuShare : Math.min(1, Math.max(0.0001, shareOf(budget.cpu))),
    memoryBytes: budget?.memory === undefined ? defaultBounds.memoryBytes : sizeBytes(budget.memory),
    outputPerSecond: budget?.output === undefined ? defaultBounds.outputPerSecond : Math.max(1 / 3600, ratePerSecond(budget.output)),
  };
}

/** After how long the rule ends by itself, in milliseconds; null never. */
export const expiresAfterMs = ({ expires }: Pick<RuleDocument, 'expires'>): number | null => (expires === undefined ? null : durationMs(expires));
