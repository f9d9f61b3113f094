import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure, ok, type Result } from '../../base/index.ts';

/** The agent's small files, by name inside its own folder. */
export interface Files {
  /** Null when there is no such file. */
  read(name: string): Promise<Result<Uint8Array | null>>;
  /** After a crash at any moment the file has either its old or its new content. */
  writeAtomically(name: string, bytes: Uint8Array): Promise<Result<void>>;
  /** Fine when there is no such file. */
  remove(name: string): Promise<Result<void>>;
  /** The content of each, in any order; those that cannot be read or are larger than `mostBytes` are left out. */
  all(mostBytes: number): AsyncIterable<Uint8Array>;
}

export function directoryFiles(directory: string): Files {
  return {
    async read(name) {
      const path = join(directory, name);
      try {
        return ok(await readFile(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(null);
        return failure('agent.file_unreadable', `${path} cannot be read: ${(error as Error).message}.`, 'Check the permissions of the data directory (WEIR_DATA).');
      }
    },
    async remove(name) {
      const path = join(directory, name);
      try {
        await rm(path, { force: true });
        return ok(undefined);
      } catch (error) {
        return failure('agent.file_unwritable', `${path} cannot be removed: ${(error as Error).message}.`, 'Check permissions of the data directory (WEIR_DATA).');
      }
    },
    async *all(mostBytes) {
      for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => [])) {
        const path = join(entry.parentPath, entry.name);
        const size = entry.isFile() ? await stat(path).then((found) => found.size, () => Infinity) : Infinity;
        const bytes = size > mostBytes ? null : await readFile(path).catch(() => null);
        if (bytes !== null) yield bytes;
      }
    },
    async writeAtomically(name, bytes) {
      const path = join(directory, name);
      try {
        await writeThenRename(path, bytes);
        return ok(undefined);
      } catch (error) {
        return failure('agent.file_unwritable', `${path} cannot be written: ${(error as Error).message}.`, 'Check free space and permissions of the data directory (WEIR_DATA).');
      }
    },
  };
}

async function writeThenRename(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path).catch(async (error: unknown) => { await rm(temporary, { force: true }); throw error; });
}

/** Files in memory; for tests. */
export function memoryFiles(content = new Map<string, Uint8Array>()): Files {
  return {
    read: async (name) => ok(content.get(name) ?? null),
    remove: async (name) => { content.delete(name); return ok(undefined); },
    async *all(mostBytes) { for (const bytes of content.values()) if (bytes.length <= mostBytes) yield bytes; },
    writeAtomically: async (name, bytes) => { content.set(name, bytes); return ok(undefined); },
  };
}
