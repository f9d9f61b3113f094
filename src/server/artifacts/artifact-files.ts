// The bytes of artifacts: finished files under their hash (`ab/<sha256>`), unfinished ones in `uploads/<id>`. What an unfinished one has
// is the size of its file, so a killed server goes on where it was. Ids and hashes are hex, checked before they come here.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** So often the disk is looked at while bytes come: others fill it, too. */
const lookEveryBytes = 4 * 2 ** 20;

/** `cut`: the sender went away or fell silent. `too-long`: it has more than was allowed; what was over is not kept. `disk-full`: what came is kept. */
export type Appended = 'whole' | 'cut' | 'too-long' | 'disk-full';

export class ArtifactFiles {
  readonly #directory: string;
  private constructor(directory: string) { this.#directory = directory; }

  static async open(directory: string): Promise<ArtifactFiles> {
    await mkdir(join(directory, 'uploads'), { recursive: true, mode: 0o700 });
    return new ArtifactFiles(directory);
  }

  upload(id: string): string { return join(this.#directory, 'uploads', id); }
  file(sha256: string): string { return join(this.#directory, sha256.slice(0, 2), sha256); }
  uploads(): Promise<string[]> { return readdir(join(this.#directory, 'uploads')); }
  /** Of all finished files. */
  async hashes(): Promise<string[]> {
    const folders = (await readdir(this.#directory)).filter((name) => /^[0-9a-f]{2}$/.test(name));
    return (await Promise.all(folders.map((folder) => readdir(join(this.#directory, folder))))).flat().filter((name) => /^[0-9a-f]{64}$/.test(name));
  }
  /** Null when there is none. */
  async touchedMs(id: string): Promise<number | null> { return stat(this.upload(id)).then(({ mtimeMs }) => mtimeMs, () => null); }
  /** Somebody goes on with it at that time. */
  async touch(id: string, atUnixMs: number): Promise<void> {
    const file = await open(this.upload(id), 'a', 0o600);
    try { await file.utimes(atUnixMs / 1000, atUnixMs / 1000); } finally { await file.close(); }
  }
  async received(id: string): Promise<number> { return sizeOf(this.upload(id)); }
  async has(sha256: string, bytes: number): Promise<boolean> { return await sizeOf(this.file(sha256), -1) === bytes; }
  async freeBytes(): Promise<number> { const { bavail, bsize } = await statfs(this.#directory); return bavail * bsize; }

  /** Adds at most `mostBytes` to an upload, each chunk on disk before the next is asked for. `keepFreeBytes` of the disk stay free, give or take
   *  a few MiB. `more` is asked when a chunk is past `mostBytes`: how many bytes more than those there may be; fewer than were asked for end it. */
  async append(id: string, body: Readable, mostBytes: number, idleMs: number, keepFreeBytes = 0, more: ((bytes: number) => Promise<number>) | null = null): Promise<Appended> {
    let unlooked = lookEveryBytes;
    let file: FileHandle | null = null;
    const idle = setTimeout(() => { body.destroy(new Error('silent for too long')); }, idleMs);
    try {
      file = await open(this.upload(id), 'a', 0o600);
      // What is left unread of a body is not cut off here: the answer to it must still go out.
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        idle.refresh();
        if (chunk.length > mostBytes && more !== null) mostBytes += await more(chunk.length - mostBytes);
        if (chunk.length > mostBytes) return 'too-long';
        if (unlooked >= lookEveryBytes) {
          if (await this.freeBytes() < keepFreeBytes + chunk.length) return 'disk-full';
          unlooked = 0;
        }
        unlooked += chunk.length;
        mostBytes -= chunk.length;
        await file.appendFile(chunk);
      }
      return 'whole';
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
      if (body.destroyed) return 'cut';
      throw error;
    } finally {
      clearTimeout(idle);
      await file?.close();
    }
  }

  /** The upload becomes the file of that hash; where the same bytes are already, they stay. */
  async adopt(id: string, sha256: string): Promise<void> {
    const file = await open(this.upload(id), 'a', 0o600);
    try { await file.sync(); } finally { await file.close(); }
    await mkdir(join(this.#directory, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
    await rename(this.upload(id), this.file(sha256));
  }

  async discard(id: string): Promise<void> { await rm(this.upload(id), { force: true }); }
  async remove(sha256: string): Promise<void> { await rm(this.file(sha256), { force: true }); }

  /** Bytes [start, end) of a finished file, made as they are asked for. */
  read(sha256: string, start: number, end: number): AsyncIterable<Uint8Array> {
    return end <= start ? emptyBytes() : createReadStream(this.file(sha256), { start, end: end - 1, highWaterMark: 256 * 1024 });
  }
}

async function* emptyBytes(): AsyncGenerator<Uint8Array> { yield new Uint8Array(0); }

const sizeOf = (path: string, none = 0): Promise<number> => stat(path).then(({ size }) => size, () => none);

/** SHA-256 in hex, read as a stream; null when there is no such file. */
export async function hashFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

/** The first bytes of a file. */
export async function headOf(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
