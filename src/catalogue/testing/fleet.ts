// A fleet for tests: agents with a catalogue each, a book and a watch, and a clock that steps. What drifted, by time.
import type { Drift } from '../../model/index.ts';
import type { LogInput, Value } from '../../otlp/index.ts';
import { DriftWatch } from '../drift/index.ts';
import { SeenBook } from '../merge/index.ts';
import { Catalogue } from '../record/index.ts';
import { feedLogs } from './feed.ts';

export const startUnixMs = 1_760_000_000_000;

export class Fleet {
  book = new SeenBook();
  watch: DriftWatch;
  readonly drifts: (Drift & { readonly afterSeconds: number })[] = [];
  readonly #agents = new Map<string, Catalogue>();
  #seconds = 0;

  constructor() { this.watch = new DriftWatch(startUnixMs); }

  agent(name = 'a'): Catalogue {
    const known = this.#agents.get(name);
    if (known !== undefined) return known;
    const made = new Catalogue({ startedUnixMs: this.now });
    this.#agents.set(name, made);
    return made;
  }

  restart(name: string): void { this.#agents.delete(name); }

  /** Another server on what the one before had stored. */
  restartServer(): void {
    const { rows } = this.book.takeChanges(Infinity);
    this.book = new SeenBook();
    for (const row of rows) this.book.load(JSON.parse(JSON.stringify(row)));
    this.watch = new DriftWatch(this.now);
    for (const event of this.book.events()) this.watch.know(event, this.now);
  }

  get now(): number { return startUnixMs + this.#seconds * 1000; }

  /** A second at a time: what each second sends to which agent; reports every two. */
  run(seconds: number, send: (second: number, log: (records: readonly LogInput[], resource?: Readonly<Record<string, Value>>, agent?: string) => void) => void): this {
    for (let second = 0; second < seconds; second++) {
      send(second, (records, resource = { 'service.name': 'shop', 'service.version': '1.0.0' }, agent = 'a') => { feedLogs(this.agent(agent), records, this.now, resource); });
      this.#seconds++;
      if (this.#seconds % 2 === 0) this.#report();
    }
    return this;
  }

  #report(): void {
    const found = [...this.#agents].flatMap(([name, agent]) => this.watch.take(this.book.take(name, agent.takeReport(this.now, 1000), this.now), this.now));
    for (const drift of [...found, ...this.watch.tick(this.now)]) this.drifts.push({ ...drift, afterSeconds: this.#seconds });
  }

  /** What drifted, as short words. */
  get told(): string[] { return this.drifts.map((drift) => [drift.kind, drift.durableId, ...(drift.field === undefined ? [] : [drift.field])].join(' ')); }
}

export const logs = (count: number, make: (i: number) => LogInput): LogInput[] => Array.from({ length: count }, (_, i) => make(i));
