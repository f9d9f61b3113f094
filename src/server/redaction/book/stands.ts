// How each source stands on each agent: what hid it there, the last finding that left, and what was scanned by then.
import type { RedactionCell } from '../../../model/index.ts';
import { maxStands } from '../bounds.ts';

export interface Stand {
  readonly source: number; readonly agent: number;
  readonly firstMs: number; readonly lastMs: number;
  /** The rule that hides it now, with the first finding that this version hid here, and the last one that any rule hid. */
  readonly rule: RedactionCell['rule'] | null; readonly firstMaskedMs: number | null; readonly lastMaskedMs: number | null;
  readonly lastLeakMs: number | null;
  /** Of this agent's records, when the report of that leak had come: scanned, and left. */
  readonly scannedAtLeak: number; readonly leftAtLeak: number;
}
interface Span { readonly firstMs: number; readonly lastMs: number }

/** After this long without a finding of the one, another rule is the one that hides. */
const handoverMs = 60_000;
const keyOf = (source: number, agent: number): string => `${source} ${agent}`;

export class Stands {
  readonly #stands = new Map<string, Stand>();
  readonly #bySource = new Map<number, Map<number, Stand>>();
  readonly dirty = new Map<string, Stand>();
  readonly gone = new Map<string, Pick<Stand, 'source' | 'agent'>>();

  ofSource(source: number): readonly Stand[] { return [...this.#bySource.get(source)?.values() ?? []]; }
  load(stands: readonly Stand[]): void { for (const stand of stands) this.#put(stand); this.dirty.clear(); }

  masked(source: number, agent: number, rule: RedactionCell['rule'], { firstMs, lastMs }: Span): void {
    const known = this.#of(source, agent, firstMs);
    const same = known.rule?.id === rule.id && known.rule.version === rule.version;
    const takesOver = !same && (known.rule === null || (known.rule.id === rule.id && rule.version > known.rule.version) || (known.lastMaskedMs ?? 0) < lastMs - handoverMs);
    this.#put({ ...known, lastMs: Math.max(known.lastMs, lastMs), lastMaskedMs: Math.max(known.lastMaskedMs ?? 0, lastMs), ...(takesOver && { rule, firstMaskedMs: firstMs }) });
  }

  leaked(source: number, agent: number, { firstMs, lastMs }: Span, scanned: { readonly records: number; readonly ofRecords: number }): void {
    const known = this.#of(source, agent, firstMs);
    this.#put({ ...known, lastMs: Math.max(known.lastMs, lastMs), lastLeakMs: Math.max(known.lastLeakMs ?? 0, lastMs), scannedAtLeak: scanned.records, leftAtLeak: scanned.ofRecords });
  }

  forgetSource(source: number): void {
    for (const { agent } of this.ofSource(source)) this.#forget(source, agent);
  }

  #of(source: number, agent: number, firstMs: number): Stand {
    return this.#stands.get(keyOf(source, agent)) ?? { source, agent, firstMs, lastMs: firstMs, rule: null, firstMaskedMs: null, lastMaskedMs: null, lastLeakMs: null, scannedAtLeak: 0, leftAtLeak: 0 };
  }

  #put(stand: Stand): void {
    const { source, agent } = stand;
    const key = keyOf(source, agent);
    // Set anew, so that the first of the map is the one that nobody has seen for longest.
    this.#stands.delete(key);
    this.#stands.set(key, stand);
    const ofSource = this.#bySource.get(source) ?? new Map<number, Stand>();
    this.#bySource.set(source, ofSource.set(agent, stand));
    this.dirty.set(key, stand);
    const [oldest] = this.#stands.values();
    if (this.#stands.size > maxStands && oldest !== undefined) this.#forget(oldest.source, oldest.agent);
  }

  #forget(source: number, agent: number): void {
    const key = keyOf(source, agent);
    this.#stands.delete(key);
    this.#bySource.get(source)?.delete(agent);
    if (this.#bySource.get(source)?.size === 0) this.#bySource.delete(source);
    this.dirty.delete(key);
    this.gone.set(key, { source, agent });
  }
}
