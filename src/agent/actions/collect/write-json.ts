// Collections are JSON with sorted keys, two spaces, one value a line: so that a plain diff shows what differs.
import { writeFile } from 'node:fs/promises';
import { failure, type Result } from '../../../base/index.ts';
import type { OwnFacts, Run } from '../contract.ts';

export async function keepText(run: Run, text: string, facts: OwnFacts): Promise<Result<void>> {
  const bytes = Buffer.from(text);
  if (bytes.length > run.maxBytes) return failure('action.too-large', `${facts.name} would have ${bytes.length} bytes; ${run.maxBytes} are allowed.`, 'Raise maxBytes in actions-policy.json on that machine.');
  const draft = await run.open(facts.name);
  if (!draft.ok) return draft;
  try {
    await writeFile(draft.value.path, bytes, { mode: 0o600 });
  } catch (failed) {
    await draft.value.discard();
    return failure('action.unwritable', `${facts.name} could not be written: ${(failed as Error).message}.`, 'See that there is space on the disk.');
  }
  return run.keep(draft.value, facts);
}

export const stableJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, inner]) => [key, sorted(inner)]));
}
