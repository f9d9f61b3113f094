// Where the one action book of a machine's agent and its terminals stands: in the agent's folder. Who may not write there (the agent runs as somebody else)
// has a book of its own, and is told that limits and open inspectors are not shared.
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../base/index.ts';
import { ActionBook, claimsFileName, leftoversFileName } from './book.ts';
import { givenToOwner, mayWrite, sharedFiles } from './shared-files.ts';

export interface BookPlace {
  readonly folder: string;
  /** Why it is not the agent's; null when it is. */
  readonly apart: string | null;
}

/** For a terminal. `data`: the data folder (WEIR_DATA). */
export async function bookPlace(data: string): Promise<BookPlace> {
  const folder = join(data, 'agent');
  if (await mayWrite(folder)) {
    await made(folder);
    return { folder, apart: null };
  }
  return { folder: join(data, 'terminal'), apart: `${folder} belongs to another user, so this terminal and the agent share neither limits nor open inspectors: what one of them opens in a process the other may close. Run it as the user of the agent, or as root.` };
}

/** What root makes beside the agent's other folders is the agent's. */
async function made(folder: string): Promise<void> {
  if (await access(folder).then(() => true, () => false)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await givenToOwner(folder);
}

/** Terminals had a book of their own before: what stands there is taken over, and the files are gone then. */
export async function adoptBook(book: ActionBook, from: string): Promise<Result<void>> {
  const old = new ActionBook({ files: sharedFiles(from), owner: { pid: 0, startTicks: 0 }, lock: (work) => work() });
  const [claims, leftovers] = [await old.claims(), await old.leftovers()];
  if (!claims.ok) return claims;
  if (!leftovers.ok) return leftovers;
  if (claims.value.length === 0 && leftovers.value.length === 0) return ok(undefined);
  const adopted = await book.adopt(claims.value, leftovers.value.map(({ owner, ...one }) => ({ ...one, owner: { ...owner, program: 'terminal' } })));
  if (adopted.ok) await Promise.all([claimsFileName, leftoversFileName].map((name) => rm(join(from, name), { force: true })));
  return adopted;
}
