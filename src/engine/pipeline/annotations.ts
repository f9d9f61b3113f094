// `redaction.*` attributes on a record, named and counted as the OpenTelemetry Collector's redaction processor does (its README,
// "summary"): how many keys were removed, masked and ignored, those of the body by themselves; in `debug` also which, as one
// sorted text with commas. They add to what a processor before wrote. Never a value.
import type { CompiledPolicy, Decision } from '../../redaction/index.ts';
import type { TextPlace, Value } from '../../otlp/index.ts';

type Fate = 'redacted' | 'masked' | 'ignored';
/** What counts for a key of which several things are true. */
const rank: Readonly<Record<Fate, number>> = { ignored: 0, masked: 1, redacted: 2 };
/** Keys of one record that are counted. */
const mostKeys = 1000;
const separator = ',';

export class Annotations {
  readonly #debug: boolean;
  readonly #clean: (key: string) => string;
  readonly #ofBody = new Map<string, Fate>();
  readonly #ofRest = new Map<string, Fate>();

  /** `clean`: makes a key fit to be told. */
  constructor(annotate: Exclude<CompiledPolicy['annotate'], 'silent'>, clean: (key: string) => string) {
    this.#debug = annotate === 'debug';
    this.#clean = clean;
  }

  note(at: TextPlace, { whole, decided }: Decision): void {
    const fate = whole === 'keep' ? (decided.every(({ action }) => action === 'ignore') ? 'ignored' : 'masked') : 'redacted';
    const fates = at.place === 'body' ? this.#ofBody : this.#ofRest;
    const key = at.path();
    const before = fates.get(key);
    if (before === undefined ? fates.size < mostKeys : rank[fate] > rank[before]) fates.set(key, fate);
  }

  /** The attributes to put on the record; null when there is nothing to say. Begins anew. */
  take(): ReadonlyMap<string, (before: Value) => Value> | null {
    if (this.#ofBody.size + this.#ofRest.size === 0) return null;
    const made = new Map<string, (before: Value) => Value>();
    this.#add(made, 'redaction', this.#ofRest);
    this.#add(made, 'redaction.body', this.#ofBody);
    this.#ofBody.clear();
    this.#ofRest.clear();
    return made;
  }

  #add(made: Map<string, (before: Value) => Value>, prefix: string, fates: ReadonlyMap<string, Fate>): void {
    for (const fate of ['redacted', 'masked', 'ignored'] as const) {
      const keys = [...fates].filter(([, of]) => of === fate).map(([key]) => this.#clean(key));
      if (keys.length === 0) continue;
      made.set(`${prefix}.${fate}.count`, (before) => keys.length + (typeof before === 'number' ? before : 0));
      if (this.#debug && fate !== 'ignored') made.set(`${prefix}.${fate}.keys`, (before) => joined(before, keys));
    }
  }
}

function joined(before: Value, keys: readonly string[]): string {
  const earlier = typeof before === 'string' && before !== '' ? before.split(separator) : [];
  return [...earlier, ...keys].toSorted().join(separator);
}
