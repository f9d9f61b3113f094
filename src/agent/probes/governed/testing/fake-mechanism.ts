// A mechanism in memory, for tests: it is in, or it is not, and the test says when it is hit.
import { failure, ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, DynamicProbeKind } from '../../../../model/index.ts';
import type { Hit, HitSink, InsertAsk, Inserted, Leftover, MechanismTable, ProbeMechanism } from '../../contract.ts';

export interface FakePlace { readonly ask: InsertAsk; readonly sink: HitSink; state: 'in' | 'paused' | 'out'; pauses: number; resumes: number; removes: number }

export class FakeMechanism implements ProbeMechanism {
  readonly about = 'maybe';
  readonly kind: DynamicProbeKind;
  readonly places: FakePlace[] = [];
  /** What a killed agent left in, by key. */
  readonly left = new Map<string, Leftover>();
  expectedCostMs: number | null = null;
  refuses: ActionProblem | null = null;
  /** `remove` and `removeLeft` fail so many times. */
  stuck = 0;
  resumeFails = false;
  /** What removing it comes to, by key; null: at once. */
  removing: (key: string) => Promise<boolean> | null = () => null;
  /** How long it takes to leave. */
  pauseMs = 0;

  constructor(kind: DynamicProbeKind = 'logpoint') { this.kind = kind; }

  get last(): FakePlace { return this.places.at(-1)!; }
  async problem(): Promise<ActionProblem | null> { return this.refuses; }
  async preview() { return { means: 'fake', resolved: 'here', reads: ['a'], costUs: 1, risk: { reliability: 0, performance: 0, privacy: 0, cost: 0, complexity: 0, reasons: [] }, problems: [] }; }

  async insert(ask: InsertAsk, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>> {
    if (this.refuses !== null) return failure(this.refuses.code, this.refuses.message);
    const left: Leftover = { kind: this.kind, pid: ask.process?.pid ?? null, startTicks: ask.process?.startTicks ?? null, detail: { key: ask.key } };
    const noted = await note(left);
    if (!noted.ok) return noted;
    const place: FakePlace = { ask, sink, state: 'in', pauses: 0, resumes: 0, removes: 0 };
    this.places.push(place);
    this.left.set(ask.key, left);
    return ok(this.#inserted(place));
  }

  async removeLeft({ detail }: Leftover): Promise<boolean> { return this.stuck-- <= 0 && (this.left.delete(String(detail['key'])), true); }

  #inserted(place: FakePlace): Inserted {
    return {
      means: 'fake', resolved: 'hanoi.ts:3', code: { file: 'hanoi.ts', line: 3, function: 'move' }, expectedCostMs: this.expectedCostMs,
      pause: async () => { place.pauses++; if (this.pauseMs > 0) await new Promise((resolve) => { setTimeout(resolve, this.pauseMs); }); place.state = 'paused'; },
      resume: async () => { if (this.resumeFails) return failure('probe.gone', 'The door is closed.'); place.resumes++; place.state = 'in'; return ok(undefined); },
      remove: async () => { place.removes++; if (await this.removing(place.ask.key) === false) return false; if (this.stuck-- > 0) return false; place.state = 'out'; this.left.delete(place.ask.key); return true; },
    };
  }
}

/** The same one for every kind. */
export const tableOf = (mechanism: FakeMechanism): MechanismTable => ({ logpoint: mechanism, uprobe: mechanism, usdt: mechanism, bpftrace: mechanism });

export const hit = (values: Record<string, unknown> = {}, more: Partial<Hit> = {}): Hit => ({ unixNano: 1_700_000_000_000_000_000n, values, ...more });
export const hits = (count: number, values: Record<string, unknown> = {}): Hit[] => Array.from({ length: count }, () => hit(values));
