// A message on its way out while its text is mapped: fields that stay keep their bytes, and one that changes is written in its place.
import { ProtoReader, ProtoWriter } from '../base/index.ts';

/** What becomes of a field: null keeps it, `gone` leaves it out, `emptied` is a value of which nothing is left. */
export type Change = Uint8Array | null;
export const gone = new Uint8Array(0);

/** One reader per depth, kept. */
const readers: ProtoReader[] = [];
export const readerAt = (depth: number): ProtoReader => (readers[depth] ??= new ProtoReader());

/** A message on its way out: written from the first field that changes on, with runs of kept fields copied as they are. */
export class Patch {
  #writer = new ProtoWriter(256);
  #changed = false;
  #bytes: Uint8Array = gone;
  #from = 0;
  #end = 0;

  reset(bytes: Uint8Array, start: number, end: number): this {
    this.#changed = false;
    this.#bytes = bytes;
    this.#from = start;
    this.#end = end;
    return this;
  }

  /** Leaves out the bytes [start, end), and writes `body` as field `field` in their place unless it is `gone`. */
  put(start: number, end: number, field: number, body: Uint8Array): void {
    const writer = this.#writer;
    if (!this.#changed) writer.clear();
    this.#changed = true;
    writer.raw(this.#bytes, this.#from, start);
    if (body !== gone) writer.bytesField(field, body);
    this.#from = end;
  }

  finish(): Change {
    if (!this.#changed) return null;
    const writer = this.#writer;
    writer.raw(this.#bytes, this.#from, this.#end);
    const message = writer.finish();
    // A very large message must not pin its memory for ever.
    if (message.length > mostKept) this.#writer = new ProtoWriter(256);
    return message;
  }
}

const mostKept = 64 * 1024;
/** One patch per depth, kept: a message in hand has one depth. */
const patches: Patch[] = [];
export const patchAt = (depth: number): Patch => (patches[depth] ??= new Patch());
