// What the spool writes beside each artifact, and how: after a crash at any moment an entry is there whole, or not at all.
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { artifactMeta } from '../../model/index.ts';

export const spoolEntry = z.object({
  version: z.literal(1), meta: artifactMeta, committedUnixMs: z.number(),
  /** The server would not have it; kept for a while, so that somebody can look at it. */
  refused: z.object({ why: z.string(), atUnixMs: z.number() }).nullable(),
});
export type SpoolEntry = z.infer<typeof spoolEntry>;

/** Null when it cannot be read or is of another version. */
export async function readEntry(path: string): Promise<SpoolEntry | null> {
  try {
    return spoolEntry.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export async function writeEntry(path: string, entry: SpoolEntry): Promise<void> {
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(entry));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}
