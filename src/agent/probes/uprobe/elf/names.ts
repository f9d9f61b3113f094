// Names of functions as people write them: demangled by c++filt (binutils) where it is there, and the nearest ones to a name that is not.
import type { Tools } from '../../../actions/tools/index.ts';

/** So many names go to c++filt at once. */
export const mostDemangled = 500;
const isMangled = (name: string): boolean => /^_?_[ZR]/.test(name);

/** In their order; as they are where nothing can be said better. */
export async function demangled(tools: Tools, names: readonly string[], signal: AbortSignal): Promise<string[]> {
  if (!names.some(isMangled) || names.length > mostDemangled) return [...names];
  const ended = await tools.run('c++filt', ['--', ...names], { signal, timeoutMs: 5000, maxBytes: 1024 * 1024 });
  const shown = ended.ok && ended.value.code === 0 ? ended.value.stdout.trimEnd().split('\n') : [];
  return shown.length === names.length ? shown : [...names];
}

/** Whether a mangled name can hold a text: both manglings keep identifiers as they are. */
export function mayHold(name: string, text: string): boolean {
  const lower = name.toLowerCase();
  return (text.toLowerCase().match(/\w+/g) ?? []).filter((word) => !types.has(word)).every((word) => lower.includes(word));
}
/** Manglings have short codes for these. */
const types = new Set(['int', 'char', 'long', 'short', 'unsigned', 'signed', 'bool', 'float', 'double', 'void', 'const', 'std', 'string', 'size_t', 'allocator', 'basic_string', 'operator']);

/** Keeps the `most` names nearest to one that was not found, as they are offered. */
export class NearestNames {
  readonly #wanted: string;
  readonly #most: number;
  #kept: { name: string; distance: number }[] = [];
  constructor(wanted: string, most = 5) { this.#wanted = wanted.toLowerCase().slice(0, 64); this.#most = most; }

  offer(name: string): void {
    if (!name.toLowerCase().includes(this.#wanted) && Math.abs(name.length - this.#wanted.length) > Math.max(3, this.#wanted.length / 3)) return;
    const worst = this.#kept.length < this.#most ? Infinity : this.#kept.at(-1)?.distance ?? Infinity;
    const distance = distanceOf(this.#wanted, name.toLowerCase().slice(0, 88), Math.min(worst, Math.max(3, this.#wanted.length / 2)));
    if (distance >= worst || this.#kept.some((kept) => kept.name === name)) return;
    this.#kept = [...this.#kept, { name, distance }].toSorted((a, b) => a.distance - b.distance).slice(0, this.#most);
  }

  get names(): readonly string[] { return this.#kept.map(({ name }) => name); }
}

/** Levenshtein distance, given up as Infinity above `most`; one that begins or holds the other is nearer than its length says. */
export function distanceOf(a: string, b: string, most: number): number {
  if (b.includes(a) || (b.length > 2 && a.includes(b))) return Math.min(1 + Math.abs(a.length - b.length) / 16, most);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    if (Math.min(...next) > most) return Infinity;
    row = next;
  }
  return row[b.length] ?? Infinity;
}

export function nearestOf(wanted: string, names: Iterable<string>): readonly string[] {
  const nearest = new NearestNames(wanted);
  for (const name of names) nearest.offer(name);
  return nearest.names;
}
