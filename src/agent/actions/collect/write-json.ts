// Collections are JSON with sorted keys, two spaces, one value a line: so that a plain diff shows what differs.
import type { Result } from '../../../base/index.ts';
import type { OwnFacts, Run } from '../contract.ts';
import { writeOut } from '../write-out.ts';

export const keepText = (run: Run, text: string, facts: OwnFacts): Promise<Result<void>> => writeOut(run, Buffer.from(text), facts);

export const stableJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, inner]) => [key, sorted(inner)]));
}
