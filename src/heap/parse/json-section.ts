// Passes over any JSON value, or keeps its bytes when it is small and wanted. Nesting is counted, not recursed into.
import { decodeUtf8 } from '../../base/index.ts';
import { notASnapshot } from './heap-file-error.ts';
import { code, isBlank, type Section } from './section.ts';

/** The `snapshot` head is a few kilobytes; what is larger is no head. */
const maxKeptBytes = 4 * 1024 * 1024;

export class JsonSection implements Section {
  done = false;
  readonly #kept: Uint8Array[] | null;
  #keptBytes = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inScalar = false;

  constructor({ keep }: { readonly keep: boolean }) {
    this.#kept = keep ? [] : null;
  }

  feed(chunk: Uint8Array, at: number): number {
    const end = this.#scan(chunk, at);
    if (this.#kept !== null) this.#keep(this.#kept, chunk.slice(at, end));
    return end;
  }

  /** What was kept, as a value; undefined when it is no JSON. */
  value(): unknown {
    const bytes = new Uint8Array(this.#keptBytes);
    let at = 0;
    for (const part of this.#kept ?? []) { bytes.set(part, at); at += part.length; }
    try {
      return JSON.parse(decodeUtf8(bytes)) as unknown;
    } catch {
      return undefined;
    }
  }

  #keep(kept: Uint8Array[], part: Uint8Array): void {
    kept.push(part);
    this.#keptBytes += part.length;
    if (this.#keptBytes > maxKeptBytes) throw notASnapshot('its "snapshot" head is far too long');
  }

  #scan(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.#inString) this.#stringByte(byte);
      else if (this.#inScalar && (byte === code.comma || byte === code.closeBrace || isBlank(byte))) return this.#finishAt(at);
      else this.#plainByte(byte);
      if (this.done) return at + 1;
    }
    return chunk.length;
  }

  #stringByte(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === code.backslash) this.#escaped = true;
    else if (byte === code.quote) { this.#inString = false; this.done = this.#depth === 0; }
  }

  #plainByte(byte: number): void {
    if (byte === code.quote) this.#inString = true;
    else if (byte === code.openBrace || byte === code.openBracket) this.#depth++;
    else if (byte === code.closeBrace || byte === code.closeBracket) this.done = --this.#depth <= 0;
    else if (this.#depth === 0 && !isBlank(byte)) this.#inScalar = true;
  }

  /** A number or literal ends at what follows it, which is not its own. */
  #finishAt(at: number): number {
    this.done = true;
    return at;
  }
}
