// What an action holds whole in memory goes to its file, within the bytes that it may have.
import { writeFile } from 'node:fs/promises';
import { failure, type Result } from '../../base/index.ts';
import { megabytes, type OwnFacts, type Run } from './contract.ts';

export async function writeOut(run: Run, bytes: Buffer, facts: OwnFacts): Promise<Result<void>> {
  if (bytes.length > run.maxBytes) return failure('action.too-large', `The result has ${megabytes(bytes.length)}; ${megabytes(run.maxBytes)} are allowed.`, 'Ask for less, or raise maxBytes in actions-policy.json on that machine.');
  const draft = await run.open(facts.name);
  if (!draft.ok) return draft;
  try {
    await writeFile(draft.value.path, bytes, { mode: 0o600 });
  } catch (failed) {
    await draft.value.discard();
    return failure('action.unwritable', `${facts.name} could not be written: ${(failed as Error).message}.`, 'See that there is space, and that the folder may be written.');
  }
  return run.keep(draft.value, facts);
}
