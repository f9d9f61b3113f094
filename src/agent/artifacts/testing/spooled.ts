// Things in a spool, for tests.
import { writeFile } from 'node:fs/promises';
import type { Result } from '../../../base/index.ts';
import type { ArtifactMeta } from '../../../model/index.ts';
import { systemClock, systemRandom } from '../../ports/index.ts';
import type { ArtifactFacts } from '../sink.ts';
import { Spool, type SpoolOptions } from '../spool.ts';

export const factsOf = (more: Partial<ArtifactFacts> = {}): ArtifactFacts => ({
  kind: 'other', format: 'binary', name: 'some.bin', createdUnixMs: 1, sensitive: false, summary: 'Some bytes', service: null, process: null, action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {}, ...more,
});

export async function openSpool(directory: string, more: Partial<SpoolOptions> = {}): Promise<Spool> {
  const spool = await Spool.open({ directory, clock: systemClock, random: systemRandom, keepFreeBytes: 0, ...more });
  if (!spool.ok) throw new Error(spool.error.message);
  return spool.value;
}

export async function tryCommit(spool: Spool, bytes: Uint8Array, more: Partial<ArtifactFacts> = {}): Promise<Result<ArtifactMeta>> {
  const draft = await spool.open('draft.bin');
  if (!draft.ok) return draft;
  await writeFile(draft.value.path, bytes);
  return draft.value.commit(factsOf(more));
}

export async function commit(spool: Spool, bytes: Uint8Array, more: Partial<ArtifactFacts> = {}): Promise<ArtifactMeta> {
  const committed = await tryCommit(spool, bytes, more);
  if (!committed.ok) throw new Error(committed.error.message);
  return committed.value;
}
