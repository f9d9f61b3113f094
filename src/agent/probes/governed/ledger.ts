// What must be known after a crash: the dynamic probes that are in with what they leave behind, the static ones that are to run again, and last
// reports that the server has not heard. Written before it is done; one small file, replaced as a whole.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, ok, type Result } from '../../../base/index.ts';
import { dynamicProbeKinds, probeReport, probeRequest, type ProbeReport, type ProbeRequest } from '../../../model/index.ts';
import type { Files } from '../../ports/index.ts';
import type { Leftover } from '../contract.ts';

const leftover = z.object({ kind: z.enum(dynamicProbeKinds), pid: z.number().nullable(), startTicks: z.number().nullable(), detail: z.record(z.string(), z.union([z.string(), z.number()])) });
const entry = z.object({ request: probeRequest, startedUnixMs: z.number(), lefts: z.array(z.object({ place: z.string(), left: leftover })) });
const ledgerFile = z.object({ version: z.literal(1), dynamic: z.array(entry), statics: z.array(probeRequest), untold: z.array(probeReport) });

/** A dynamic probe that an earlier program had not taken out when it ended. */
export interface LedgerEntry { readonly request: ProbeRequest; readonly startedUnixMs: number; readonly lefts: readonly { readonly place: string; readonly left: Leftover }[] }

const mostUntold = 200;

export class ProbeLedger {
  readonly #files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly #name: string;
  readonly #dynamic = new Map<string, LedgerEntry>();
  readonly #statics = new Map<string, ProbeRequest>();
  #untold: readonly ProbeReport[] = [];
  /** Left by a program before this one. */
  earlier: readonly LedgerEntry[] = [];
  /** Why it cannot be read or written; empty when all is well. */
  problem = '';
  #writing: Promise<Result<void>> | null = null;
  #next: Promise<Result<void>> | null = null;

  private constructor(files: Pick<Files, 'read' | 'writeAtomically'>, name: string) {
    this.#files = files;
    this.#name = name;
  }

  static async open(files: Pick<Files, 'read' | 'writeAtomically'>, name: string): Promise<ProbeLedger> {
    const ledger = new ProbeLedger(files, name);
    const content = await files.read(name);
    if (!content.ok) { ledger.problem = content.error.message; return ledger; }
    if (content.value === null) return ledger;
    const read = ledgerFile.safeParse(jsonOf(decodeUtf8(content.value)));
    if (!read.success) { ledger.problem = `${name} is damaged: probes that a killed agent left in processes are not known; ending those processes removes them. Static probes that ran before have to be started again.`; return ledger; }
    ledger.earlier = read.data.dynamic;
    ledger.#untold = read.data.untold;
    for (const request of read.data.statics) ledger.#statics.set(request.id, request);
    return ledger;
  }

  get statics(): readonly ProbeRequest[] { return [...this.#statics.values()]; }
  get untold(): readonly ProbeReport[] { return this.#untold; }
  get isEmpty(): boolean { return this.#dynamic.size === 0 && this.earlier.length === 0; }

  begin(request: ProbeRequest, nowUnixMs: number): Promise<Result<void>> {
    this.#dynamic.set(request.id, { request, startedUnixMs: nowUnixMs, lefts: [] });
    return this.#save();
  }

  /** Resolves when it is on disk. */
  note(id: string, place: string, left: Leftover): Promise<Result<void>> {
    const known = this.#dynamic.get(id);
    if (known === undefined) return Promise.resolve(ok(undefined));
    this.#dynamic.set(id, { ...known, lefts: [...known.lefts, { place, left }] });
    return this.#save();
  }

  settle(id: string, place: string): Promise<Result<void>> {
    const known = this.#dynamic.get(id);
    if (known === undefined || !known.lefts.some((one) => one.place === place)) return Promise.resolve(ok(undefined));
    this.#dynamic.set(id, { ...known, lefts: known.lefts.filter((one) => one.place !== place) });
    return this.#save();
  }

  /** It is over. What it left stays known until `settleEarlier`. */
  finish(id: string): Promise<Result<void>> {
    const known = this.#dynamic.get(id);
    if (known === undefined) return Promise.resolve(ok(undefined));
    this.#dynamic.delete(id);
    if (known.lefts.length > 0) this.earlier = [...this.earlier, known];
    return this.#save();
  }

  /** What is still left of them; the rest is gone. */
  settleEarlier(left: readonly LedgerEntry[]): Promise<Result<void>> {
    this.earlier = left;
    return this.#save();
  }

  keepStatic(request: ProbeRequest): Promise<Result<void>> { this.#statics.set(request.id, request); return this.#save(); }
  dropStatic(id: string): Promise<Result<void>> { return this.#statics.delete(id) ? this.#save() : Promise.resolve(ok(undefined)); }

  /** The oldest goes first. */
  keepUntold(report: ProbeReport): Promise<Result<void>> {
    this.#untold = [...this.#untold.filter(({ id }) => id !== report.id), report].slice(-mostUntold);
    return this.#save();
  }

  told(): Promise<Result<void>> {
    if (this.#untold.length === 0) return Promise.resolve(ok(undefined));
    this.#untold = [];
    return this.#save();
  }

  /** When everything up to now is on disk, or could not be put there. */
  async settled(): Promise<void> { while (this.#writing !== null) await this.#writing; }

  #save(): Promise<Result<void>> {
    if (this.#writing === null) return (this.#writing = this.#write());
    return (this.#next ??= this.#writing.then(() => { this.#next = null; return (this.#writing = this.#write()); }));
  }

  async #write(): Promise<Result<void>> {
    const content = { version: 1, dynamic: [...this.earlier, ...this.#dynamic.values()], statics: this.statics, untold: this.#untold };
    const written = await this.#files.writeAtomically(this.#name, encodeUtf8(JSON.stringify(content)));
    this.problem = written.ok ? '' : written.error.message;
    if (this.#next === null) this.#writing = null;
    return written;
  }
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
