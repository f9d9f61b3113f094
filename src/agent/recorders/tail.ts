// The end of a file that is not in it yet: what waits, and what is on its way. It is written at its place and not appended, so that whoever cannot
// wait writes the same bytes once more to the same place. No file is open but while it is written to.
import { closeSync, openSync, truncate, truncateSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { inTurn } from './write-turns.ts';

export interface Encoded { readonly encoded: Uint8Array }
/** Entries that could not be written and are forgotten: from this one on, in the order of `add`, so many. */
export interface Unwritten<Entry> { readonly entries: readonly Entry[]; readonly error: unknown }

export class Tail<Entry extends Encoded> {
  readonly #path: string;
  /** Bytes that are in the file for certain. */
  #written: number;
  #flying: readonly Entry[] = [];
  #waiting: Entry[] = [];
  #bytes = 0;
  /** Rises when what flies is nobody's matter any more. */
  #flight = 0;

  constructor(path: string, written: number) {
    this.#path = path;
    this.#written = written;
  }

  /** Not written yet. */
  get bytes(): number { return this.#bytes; }
  get isFlying(): boolean { return this.#flying.length > 0; }
  get written(): number { return this.#written; }

  add(entry: Entry): void {
    this.#waiting.push(entry);
    this.#bytes += entry.encoded.length;
  }

  get pending(): readonly Entry[] { return [...this.#flying, ...this.#waiting]; }
  /** The bytes behind those of the file. */
  rest(): Buffer { return joined(this.pending); }

  /** What waits goes to the file while others have their turn. Null when all is well, or when somebody else saw to it meanwhile. */
  async write(): Promise<Unwritten<Entry> | null> {
    if (this.isFlying || this.#waiting.length === 0) return null;
    const flight = ++this.#flight;
    [this.#flying, this.#waiting] = [this.#waiting, []];
    const bytes = joined(this.#flying);
    const at = this.#written;
    const failed = await inTurn(() => this.#writeAt(bytes, at, flight)).then(() => null, (error: unknown) => ({ error }));
    if (flight !== this.#flight) return null;
    if (failed === null) { this.#landed(bytes.length); return null; }
    return await this.#fail(flight, failed.error);
  }

  /** The file may be another's by now: then nothing is written. */
  async #writeAt(bytes: Buffer, at: number, flight: number): Promise<void> {
    if (flight !== this.#flight) return;
    const file = await open(this.#path, 'r+');
    try {
      for (let done = 0; done < bytes.length && flight === this.#flight;) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    } finally {
      await file.close();
    }
  }

  #landed(bytes: number): void {
    this.#written += bytes;
    this.#bytes -= bytes;
    this.#flying = [];
  }

  /** Nothing is left half written, or what follows could not be read. */
  async #fail(flight: number, error: unknown): Promise<Unwritten<Entry> | null> {
    await new Promise<void>((resolve) => { truncate(this.#path, this.#written, () => { resolve(); }); });
    if (flight !== this.#flight) return null;
    const entries = this.#flying;
    this.#bytes -= sum(entries);
    this.#flying = [];
    return { entries, error };
  }

  /** The same at once, for whoever cannot wait. */
  writeNow(): Unwritten<Entry> | null {
    const entries = this.pending;
    if (entries.length === 0) return null;
    this.#flight++;
    [this.#flying, this.#waiting] = [[], []];
    const bytes = joined(entries);
    try {
      writeAllAt(this.#path, bytes, this.#written);
      this.#landed(bytes.length);
      return null;
    } catch (error) {
      this.#bytes = 0;
      try { truncateSync(this.#path, this.#written); } catch { /* there is no file, or it takes nothing: a damaged end is cut off when it is read */ }
      return { entries, error };
    }
  }

  /** Nothing more is written. */
  abandon(): void {
    this.#flight++;
    [this.#flying, this.#waiting, this.#bytes] = [[], [], 0];
  }
}

const sum = (entries: readonly Encoded[]): number => entries.reduce((bytes, { encoded }) => bytes + encoded.length, 0);
const joined = (entries: readonly Encoded[]): Buffer => Buffer.concat(entries.map(({ encoded }) => encoded));

function writeAllAt(path: string, bytes: Buffer, at: number): void {
  const file = openSync(path, 'r+');
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  } finally {
    closeSync(file);
  }
}
