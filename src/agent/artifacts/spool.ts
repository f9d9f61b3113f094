// Artifacts on their way to the server, in one folder of the agent: `drafts/<id>/<name>` while they are made, then `<id>.bin` with `<id>.json`
// beside it. Bounded in bytes, and never so full that the disk has no room for anything else. Whatever is thrown away is counted.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure, ok, type Clock, type Result } from '../../base/index.ts';
import { artifactMeta, type ArtifactMeta } from '../../model/index.ts';
import { unixMs, type Random } from '../ports/index.ts';
import type { ArtifactDraft, ArtifactFacts, ArtifactSink } from './sink.ts';
import { readEntry, writeEntry, type SpoolEntry } from './spool-entry.ts';

export interface SpoolOptions {
  readonly directory: string; readonly clock: Clock; readonly random: Random;
  /** Of all artifacts and drafts together. */
  readonly maxBytes?: number;
  /** This much of the disk stays free. */
  readonly keepFreeBytes?: number;
  /** How long refused ones stay, and how long those stay that no server took. */
  readonly refusedMs?: number; readonly keptMs?: number;
}

const gib = 2 ** 30;
const dayMs = 86_400_000;
const defaults = { maxBytes: 8 * gib, keepFreeBytes: gib / 2, refusedMs: dayMs, keptMs: 30 * dayMs };
const maxEntries = 10_000;

export class Spool implements ArtifactSink {
  readonly #options: SpoolOptions & typeof defaults;
  readonly #entries = new Map<string, SpoolEntry>();
  readonly #drafts = new Map<string, string>();
  readonly #committed = new Set<() => void>();
  /** Thrown away without having reached the server: drafts of a killed agent, and artifacts that were too old. */
  readonly lost = { drafts: 0, artifacts: 0 };

  private constructor(options: SpoolOptions) { this.#options = { ...defaults, ...options }; }

  /** Finds what an earlier run of this agent left, killed or not. */
  static async open(options: SpoolOptions): Promise<Result<Spool>> {
    const spool = new Spool(options);
    try {
      await mkdir(join(options.directory, 'drafts'), { recursive: true, mode: 0o700 });
      await spool.#load();
      return ok(spool);
    } catch (error) {
      return cannot(options.directory, error);
    }
  }

  async #load(): Promise<void> {
    const { directory } = this.#options;
    for (const draft of await readdir(join(directory, 'drafts'))) { this.lost.drafts += 1; await rm(join(directory, 'drafts', draft), { recursive: true, force: true }); }
    const names = new Set(await readdir(directory));
    for (const name of names) {
      const [id, ending] = [name.slice(0, 32), name.slice(32)];
      const entry = ending === '.json' ? await readEntry(join(directory, name)) : null;
      if (entry !== null && names.has(`${id}.bin`) && entry.meta.id === id) this.#entries.set(id, entry);
    }
    for (const name of names) if (name !== 'drafts' && !this.#entries.has(name.slice(0, 32))) { if (name.endsWith('.bin')) this.lost.drafts += 1; await rm(join(directory, name), { force: true }); }
    for (const id of this.#entries.keys()) await rm(join(directory, `${id}.json.tmp`), { force: true });
  }

  /** Oldest first. */
  get entries(): readonly SpoolEntry[] { return [...this.#entries.values()].sort((a, b) => a.committedUnixMs - b.committedUnixMs); }
  find(id: string): SpoolEntry | null { return this.#entries.get(id) ?? null; }
  path(id: string): string { return join(this.#options.directory, `${id}.bin`); }

  /** Called when there is something new to send. */
  onCommitted(listener: () => void): () => void { this.#committed.add(listener); return () => this.#committed.delete(listener); }

  async freeBytes(): Promise<number> {
    const { directory, maxBytes, keepFreeBytes } = this.#options;
    const drafts = await Promise.all([...this.#drafts.values()].map(sizeOf));
    const disk = await statfs(directory).then(({ bavail, bsize }) => bavail * bsize, () => 0);
    // What is refused makes room when it must.
    return Math.max(0, Math.min(maxBytes - this.#usedBytes(({ refused }) => refused === null) - drafts.reduce((sum, bytes) => sum + bytes, 0), disk - keepFreeBytes));
  }

  #usedBytes(which: (entry: SpoolEntry) => boolean): number { return this.entries.reduce((sum, entry) => sum + (which(entry) ? entry.meta.bytes : 0), 0); }

  async open(name: string): Promise<Result<ArtifactDraft>> {
    if (this.#entries.size >= maxEntries || await this.freeBytes() === 0) return full(this.#options.directory);
    const id = Buffer.from(this.#options.random.bytes(16)).toString('hex');
    const folder = join(this.#options.directory, 'drafts', id);
    const path = join(folder, safeName(name));
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      return cannot(folder, error);
    }
    this.#drafts.set(id, path);
    const discard = async (): Promise<void> => { this.#drafts.delete(id); await rm(folder, { recursive: true, force: true }); };
    return ok({ path, discard, commit: async (facts) => { try { return await this.#commit(id, path, facts); } finally { await discard(); } } });
  }

  async #commit(id: string, path: string, facts: ArtifactFacts): Promise<Result<ArtifactMeta>> {
    try {
      const bytes = await sizeOf(path, -1);
      if (bytes < 0) return failure('artifact.nothing', `Nothing was written to ${path}.`, 'Look at why the tool that makes it wrote nothing.');
      if (!await this.#makeRoom(bytes)) return full(this.#options.directory);
      await rename(path, this.path(id));
      const hashed = await hashAndSync(this.path(id));
      const meta = artifactMeta.safeParse({ ...facts, name: safeName(facts.name), summary: facts.summary.slice(0, 500), id, ...hashed });
      if (!meta.success) return await this.#drop(id, failure('artifact.facts', `What is known of this artifact is not complete: ${meta.error.issues.map((issue) => issue.path.join('.')).join(', ')}.`));
      const entry: SpoolEntry = { version: 1, meta: meta.data, committedUnixMs: unixMs(this.#options.clock), refused: null };
      await writeEntry(this.#metaPath(id), entry);
      this.#entries.set(id, entry);
      for (const listener of this.#committed) listener();
      return ok(meta.data);
    } catch (error) {
      return this.#drop(id, cannot(this.path(id), error));
    }
  }

  async #drop<T>(id: string, why: T): Promise<T> {
    await rm(this.path(id), { force: true });
    return why;
  }

  /** Refused ones leave first. The draft itself is on the disk already. */
  async #makeRoom(bytes: number): Promise<boolean> {
    const { maxBytes } = this.#options;
    for (const { meta, refused } of this.entries) if (refused !== null && this.#usedBytes(() => true) + bytes > maxBytes) { this.lost.artifacts += 1; await this.remove(meta.id); }
    return this.#usedBytes(() => true) + bytes <= maxBytes;
  }

  async refuse(id: string, why: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const refused: SpoolEntry = { ...entry, refused: { why: why.slice(0, 2000), atUnixMs: unixMs(this.#options.clock) } };
    this.#entries.set(id, refused);
    // When even this cannot be written, the next run asks the server again.
    await writeEntry(this.#metaPath(id), refused).catch(() => undefined);
  }

  /** The entry goes first: a crash in between leaves a file without one, which the next start removes. */
  async remove(id: string): Promise<void> {
    this.#entries.delete(id);
    await rm(this.#metaPath(id), { force: true });
    await rm(this.path(id), { force: true });
  }

  /** Now and then: what nobody will fetch any more. */
  async tidy(): Promise<void> {
    const [now, { refusedMs, keptMs }] = [unixMs(this.#options.clock), this.#options];
    for (const { meta, refused, committedUnixMs } of this.entries) {
      if (refused === null ? now - committedUnixMs < keptMs : now - refused.atUnixMs < refusedMs) continue;
      this.lost.artifacts += 1;
      await this.remove(meta.id);
    }
  }

  #metaPath(id: string): string { return join(this.#options.directory, `${id}.json`); }
}

const sizeOf = (path: string, none = 0): Promise<number> => stat(path).then((found) => (found.isFile() ? found.size : none), () => none);

/** A name without folders or control characters, at most 200 characters. */
function safeName(name: string): string {
  const safe = basename(name.toWellFormed()).replaceAll(/[\\:\p{Cc}]/gu, '_').slice(-200).toWellFormed();
  return /^\.*$/.test(safe) ? 'artifact' : safe;
}

/** SHA-256 and size of what is really there, and on the disk. */
async function hashAndSync(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) { hash.update(chunk); bytes += chunk.length; }
  const file = await open(path, 'r+');
  try { await file.sync(); } finally { await file.close(); }
  return { sha256: hash.digest('hex'), bytes };
}

const full = (directory: string): Result<never> =>
  failure('artifact.spool-full', `There is no room for another artifact in ${directory}: artifacts wait there for the server, or the disk is full.`, 'Look whether the agent reaches its server; make room on the disk.');

function cannot(path: string, error: unknown): Result<never> {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? failure('artifact.disk-full', `The disk is full: ${path} could not be written.`, 'Make room on the disk of the agent\'s data directory (WEIR_DATA).')
    : failure('artifact.spool', `${path} cannot be used: ${message}.`, 'Check the permissions of the agent\'s data directory (WEIR_DATA).');
}
