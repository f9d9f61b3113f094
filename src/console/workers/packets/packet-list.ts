// Windows into a capture, and which packets a text filter leaves. The last filter's answer is kept while it is scrolled.
import type { CaptureFile } from './capture-file.ts';
import { decodePacket } from './decode-packet.ts';
import type { PacketRow, PacketRows, PacketSummary } from './types.ts';

const maxWords = 16;

export class PacketList {
  readonly #file: CaptureFile;
  #filtered: { readonly filter: string; readonly matches: Uint32Array } | null = null;

  constructor(file: CaptureFile) { this.#file = file; }

  get summary(): PacketSummary {
    const { format, count, beyond, problem, timeMs } = this.#file;
    const time = (i: number) => { const value = timeMs[i]; return count === 0 || value === undefined || Number.isNaN(value) ? null : value; };
    return { format, packets: count, fromMs: time(0), toMs: time(count - 1), beyond, problem };
  }

  rows(from: number, count: number, filter: string): PacketRows {
    const words = filter.toLowerCase().split(/\s+/).filter(word => word !== '').slice(0, maxWords);
    const matches = words.length === 0 ? null : this.#matches(words);
    const matched = matches === null ? this.#file.count : matches.length;
    const rows = Array.from({ length: Math.max(0, Math.min(count, matched - from)) }, (_, i) => this.#row(matches === null ? from + i : matches[from + i] ?? 0));
    return { rows, matched };
  }

  bytes(index: number): Uint8Array {
    const { bytes, at, captured } = this.#file;
    return index < 0 || index >= this.#file.count ? new Uint8Array(0) : bytes.slice(at[index]!, at[index]! + captured[index]!);
  }

  #row(index: number): PacketRow {
    const { bytes, timeMs, at, captured, length, link } = this.#file;
    const from = at[index]!;
    const time = timeMs[index]!;
    return { index, timeMs: Number.isNaN(time) ? null : time, length: length[index]!, captured: captured[index]!, ...decodePacket(bytes.subarray(from, from + captured[index]!), link[index]!) };
  }

  #matches(words: readonly string[]): Uint32Array {
    const filter = words.join(' ');
    if (this.#filtered?.filter === filter) return this.#filtered.matches;
    const matches = new Uint32Array(this.#file.count);
    let found = 0;
    for (let i = 0; i < this.#file.count; i++) {
      const { source, destination, protocol, info } = this.#row(i);
      const line = `${source} ${destination} ${protocol} ${info}`.toLowerCase();
      if (words.every(word => line.includes(word))) matches[found++] = i;
    }
    this.#filtered = { filter, matches: matches.subarray(0, found) };
    return this.#filtered.matches;
  }
}
