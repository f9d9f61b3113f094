// All probes of this agent: inserted, told of, ended. Dynamic ones end with the agent; static ones start again with it. What a killed agent had
// left in processes is taken out at the next start.
import { setTimeout as waitMs } from 'node:timers/promises';
import type { Clock, Result } from '../../../base/index.ts';
import { isDynamic, type ActionProblem, type DynamicProbeKind, type ProbeEnd, type ProbeReport, type ProbeRequest, type ProbeSpec, type Signal, type StaticProbeKind } from '../../../model/index.ts';
import type { ActionPolicy } from '../../actions/limits/index.ts';
import type { Files } from '../../ports/index.ts';
import type { MechanismTable, ProbeMechanism, StaticPorts, StaticProbe, StaticProbeTable } from '../contract.ts';
import { GovernedProbe, otlpOutput, problemOf, ProbeLedger, removeLeftovers, valueRedactor, type LedgerEntry, type ProbePorts } from '../governed/index.ts';
import type { ProbeLooks } from './looks.ts';
import { allowedFiles, objectionTo } from './objections.ts';
import { objectionToBinaryOf } from './readable-binary.ts';
import { crashed, refused } from './reports.ts';
import { sameSource } from './same-source.ts';
import { StaticRun } from './static-run.ts';
import { isOfMany, ofService, processesOf, type TargetTable } from './targets.ts';
import { bounded, Teller } from './teller.ts';

export interface DeskPorts {
  readonly mechanisms: MechanismTable;
  readonly statics: StaticProbeTable;
  readonly looks: ProbeLooks;
  readonly processes: TargetTable;
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly clock: Clock;
  readonly hostName: string;
  /** Through the rules, redaction first. */
  readonly emit: (signal: Signal, request: Uint8Array) => void;
  readonly delivery: Pick<StaticPorts, 'deliver' | 'mark'>;
  /** A folder of its own for each static probe. */
  readonly positions: (id: string) => StaticPorts['positions'];
  readonly policy: () => Promise<Result<Pick<ActionPolicy, 'probes' | 'files'>>>;
  /** Why nothing dynamic may start now: the rip cord. */
  readonly ripCord: () => ActionProblem | null;
  readonly send: (type: string, content: unknown) => void;
  readonly canSend: () => boolean;
  /** Left by `weir probe` of somebody who was killed; called at start. */
  readonly cleanTerminals?: () => Promise<string>;
}

export const ledgerFile = 'probes.json';
const mostDynamic = 100;
const mostStatic = 100;
/** Ended ones that are told of again when the server comes back. */
const mostEnded = 200;
const tickMs = 1000;
const [lookEvery, retryEvery] = [2, 30];
/** At the end of the agent, and of the rip cord: a mechanism bounds itself; this bounds them all. */
const mostEndMs = 20_000;
/** For files that two patterns both name. */
const mostLookMs = 5000;

export class ProbeDesk {
  readonly #ports: DeskPorts;
  readonly #ledger: ProbeLedger;
  readonly #probePorts: ProbePorts;
  readonly #dynamic = new Map<string, GovernedProbe>();
  readonly #statics = new Map<string, StaticRun>();
  readonly #coming = new Map<string, ProbeRequest>();
  readonly #ended = new Map<string, ProbeReport>();
  readonly #teller: Teller;
  /** Ends what looks into processes for somebody. */
  #looks = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #ticks = 0;
  #isTicking = false;
  #isStopping = false;
  #isRemovingLeft = false;
  #terminalProblem = '';

  private constructor(ports: DeskPorts, ledger: ProbeLedger) {
    this.#ports = ports;
    this.#ledger = ledger;
    this.#teller = new Teller((report) => { this.#tell(report); });
    this.#probePorts = {
      clock: ports.clock, redact: valueRedactor(), output: otlpOutput(ports.hostName, ports.emit),
      note: (id, place, left) => ledger.note(id, place, left), settle: async (id, place) => { await ledger.settle(id, place); },
      changed: (probe, isNews) => { this.#changed(probe, isNews); },
    };
  }

  static async open(ports: DeskPorts): Promise<ProbeDesk> { return new ProbeDesk(ports, await ProbeLedger.open(ports.files, ledgerFile)); }

  /** Static probes that are, or are about to be. */
  get sources(): readonly ProbeRequest[] { return [...[...this.#statics.values()].map(({ request }) => request), ...this.#coming.values()]; }
  get ports(): DeskPorts { return this.#ports; }
  /** Of looks and previews that begin now: aborted with all dynamic probes. */
  get lookSignal(): AbortSignal { return this.#looks.signal; }

  /** Static probes run again, and what an earlier agent left is taken out. Resolves when both is tried; the agent need not wait. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => { void this.#tick(); }, tickMs);
    await Promise.all([this.#takeOutLeft(), ...this.#ledger.statics.map((request) => this.#startStatic(request, 'kept'))]);
  }

  async #takeOutLeft(): Promise<void> {
    await this.#removeLeft(true);
    this.#terminalProblem = await this.#ports.cleanTerminals?.() ?? '';
  }

  /** The server is there again: all of it is said anew. */
  opened(): void {
    this.#teller.flush();
    const now = this.reports();
    const ids = new Set(now.map(({ id }) => id));
    for (const report of [...this.#ledger.untold.filter(({ id }) => !ids.has(id)), ...now]) this.#ports.send('probe.report', report);
    void this.#ledger.told();
  }

  /** Of all that are, and of the last ones that ended. */
  reports(): ProbeReport[] { return [...this.#ended.values(), ...[...this.#dynamic.values(), ...this.#statics.values()].map((probe) => bounded(probe.report()))]; }

  problems(): string[] {
    const left = this.#ledger.earlier.filter(({ lefts }) => lefts.length > 0);
    return [
      this.#ledger.problem === '' ? '' : `Probes: ${this.#ledger.problem}`, this.#terminalProblem,
      left.length === 0 ? '' : `${left.map(({ request }) => request.name).slice(0, 5).join(', ')}: ${left.length === 1 ? 'a probe is' : `${left.length} probes are`} still in a process and could not be taken out; it is tried again every ${retryEvery} s.`,
    ].filter((one) => one !== '');
  }

  /** The same request sent again is the same probe. Resolves when it is in, or will not be. */
  async insert(request: ProbeRequest): Promise<void> {
    const known = this.#dynamic.get(request.id) ?? this.#statics.get(request.id);
    if (known !== undefined) { this.#teller.changed(known, true); return; }
    if (this.#coming.has(request.id)) return;
    const ended = this.#ended.get(request.id);
    if (ended !== undefined) { this.#tell(ended); return; }
    await (isDynamic(request.what.kind) ? this.#insertDynamic(request, request.what.kind) : this.#insertStatic(request));
  }

  /** Resolves when it is out. */
  async remove(id: string, why: string): Promise<void> {
    const problem: ActionProblem | null = why === '' ? null : { code: 'probe.removed', message: why.slice(0, 500) };
    const ended = this.#ended.get(id);
    if (ended !== undefined) this.#tell(ended);
    this.#coming.delete(id);
    await this.#dynamic.get(id)?.end('removed', problem);
    const run = this.#statics.get(id);
    if (run === undefined) return;
    await run.stop('removed', problem);
    this.#statics.delete(id);
    await this.#ledger.dropStatic(id);
    this.#over(run.report());
  }

  /** Takes every dynamic probe out and ends what looks into processes, for the rip cord; gives how many, and what could not be done. `rest`: the same in the end, where it takes too long. */
  async endDynamic(end: ProbeEnd, why: ActionProblem | null): Promise<Ended & { readonly rest: Promise<Ended> | null }> {
    this.#looks.abort();
    this.#looks = new AbortController();
    const probes = [...this.#dynamic.values()].filter(({ isOver }) => !isOver);
    const done: DoneWith[] = [];
    const all = Promise.all(probes.map(async (probe) => { done.push({ probe, isClean: await probe.end(end, why) }); }));
    const isAll = await Promise.race([all.then(() => true), waitMs(mostEndMs, false, { ref: false })]);
    if (isAll) return { ...endedOf(done), rest: null };
    const { removed, problems } = endedOf(done);
    return { removed, problems: [`${probes.length - done.length} of ${probes.length} probes were not out within ${mostEndMs / 1000} s; it goes on.`, ...problems], rest: all.then(() => endedOf(done)) };
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await Promise.all([this.endDynamic('agent-stopped', null), ...[...this.#statics.values()].map((run) => run.stop('agent-stopped'))]);
    for (const run of this.#statics.values()) this.#tell({ ...run.report() });
    this.#teller.flush();
    await this.#ledger.settled();
  }

  /** After `stop`, when the exporters have sent what they could: what has left is not read again. */
  async settle(): Promise<void> { await Promise.all([...this.#statics.values()].map((run) => run.settle())); }

  async #insertDynamic(request: ProbeRequest, kind: DynamicProbeKind): Promise<void> {
    if (this.#isStopping) { this.#over(refused(request, { code: 'probe.stopping', message: 'The agent is about to end.' }, this.#unixMs())); return; }
    if (this.#dynamic.size >= mostDynamic) { this.#over(refused(request, { code: 'probe.too-many', message: `This agent has ${mostDynamic} dynamic probes already, and takes no more.`, help: 'Remove some that are no longer needed.' }, this.#unixMs())); return; }
    const mechanism = this.#ports.mechanisms[kind] as ProbeMechanism;
    const probe = new GovernedProbe({ request, mechanism, waits: isOfMany(request.target), ports: this.#probePorts });
    this.#dynamic.set(request.id, probe);
    this.#teller.changed(probe, true);
    const against = await objectionTo(this.#ports, kind, true) ?? await mechanism.problem() ?? aboutNothing(mechanism, request) ?? await objectionToBinaryOf(this.#ports, request.what, request.target !== null);
    if (against !== null) { await probe.end('refused', against); return; }
    if (probe.isOver) return;
    const noted = await this.#ledger.begin(request, this.#unixMs());
    if (probe.isOver) { await this.#ledger.finish(request.id); return; }
    if (!noted.ok) { await probe.end('refused', problemOf(noted.error)); return; }
    const found = await processesOf(this.#ports.processes, request.target);
    if (!found.ok) { await probe.end('refused', problemOf(found.error)); return; }
    if (found.value.length === 0) probe.note(`No process of ${request.target?.service ?? 'the target'} runs yet; it goes in when one starts.`);
    await Promise.all(found.value.map((process) => this.#into(probe, process)));
  }

  async #into(probe: GovernedProbe, process: Parameters<GovernedProbe['insert']>[0]): Promise<void> {
    if (probe.hasRoom) await probe.insert(process);
    else probe.note('It is in 100 processes, and goes into no more.');
  }

  async #insertStatic(request: ProbeRequest): Promise<void> {
    // Its place is taken before anything is awaited: of two that want the same file at once, one has it.
    const others = this.sources;
    this.#coming.set(request.id, request);
    try {
      const against = others.length >= mostStatic ? { code: 'probe.too-many', message: `This agent has ${mostStatic} static probes already, and takes no more.`, help: 'Remove some.' } : await this.#objectionToStatic(request, others);
      const late: ActionProblem | null = this.#coming.has(request.id) && !this.#isStopping ? null : { code: 'probe.removed', message: 'It was taken away before it was in.' };
      const why = against ?? late;
      if (why !== null) { this.#over(refused(request, why, this.#unixMs())); return; }
      await this.#startStatic(request, 'new');
    } finally {
      this.#coming.delete(request.id);
    }
  }

  async #objectionToStatic({ what }: ProbeRequest, others: readonly ProbeRequest[]): Promise<ActionProblem | null> {
    return await objectionTo(this.#ports, what.kind, false) ?? await sameSource(what, others, () => allowedFiles(this.#ports), AbortSignal.timeout(mostLookMs)).catch(() => null);
  }

  /** A new one that cannot start is refused; one that ran before stays, and is tried again. */
  async #startStatic(request: ProbeRequest, which: 'new' | 'kept'): Promise<void> {
    const run = new StaticRun(request, this.#staticProbe(request), { clock: this.#ports.clock, redact: this.#probePorts.redact, positions: this.#ports.positions(request.id) });
    this.#statics.set(request.id, run);
    if (await run.start() || which === 'kept') {
      if (which === 'new') await this.#ledger.keepStatic(request);
      this.#teller.changed(run, true);
      return;
    }
    this.#statics.delete(request.id);
    await run.stop('refused', run.why);
    this.#over(run.report());
  }

  #staticProbe({ id, name, what: { kind, spec } }: ProbeRequest): StaticProbe {
    const { statics, delivery, positions, hostName } = this.#ports;
    const make = statics[kind as StaticProbeKind] as (spec: ProbeSpec<StaticProbeKind>, ports: StaticPorts) => StaticProbe;
    return make(spec as ProbeSpec<StaticProbeKind>, { ...delivery, probe: { id, name }, positions: positions(id), hostName, nowUnixMs: () => this.#unixMs(), allowedFiles: () => allowedFiles(this.#ports) });
  }

  #changed(probe: GovernedProbe, isNews: boolean): void {
    const report = isNews && probe.isOver ? probe.report() : null;
    if (report === null || report.end === null) { this.#teller.changed(probe, isNews); return; }
    if (!this.#dynamic.delete(probe.id)) return;
    this.#over(bounded(report));
    void this.#ledger.finish(probe.id);
  }

  #over(report: ProbeReport): void {
    this.#ended.delete(report.id);
    this.#ended.set(report.id, report);
    if (this.#ended.size > mostEnded) this.#ended.delete(this.#ended.keys().next().value!);
    this.#tell(report);
  }

  #tell(report: ProbeReport): void {
    const canSend = this.#ports.canSend();
    if (canSend) this.#ports.send('probe.report', report);
    // Of an agent that ends the last words may not arrive, though they were sent: the next one says them again.
    if ((!canSend || this.#isStopping) && report.end !== null && isDynamic(report.what.kind)) void this.#ledger.keepUntold(report);
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#ticks++;
    try {
      for (const run of this.#statics.values()) if (run.hasNews()) this.#teller.changed(run, false);
      this.#teller.tick();
      await this.#lookForGone();
      if (this.#ticks % lookEvery === 0) await this.#lookForNew();
      if (this.#ticks % retryEvery === 0) await this.#tryAgain();
    } finally {
      this.#isTicking = false;
    }
  }

  async #lookForGone(): Promise<void> {
    for (const probe of this.#dynamic.values()) {
      for (const process of probe.processes()) if (!await this.#ports.processes.proc.isAlive(process.pid, process.startTicks)) probe.gone(process);
    }
  }

  /** Processes of a service that started since. */
  async #lookForNew(): Promise<void> {
    const waiting = [...this.#dynamic.values()].filter(({ isOver, request }) => !isOver && isOfMany(request.target));
    if (waiting.length === 0) return;
    const { processes } = await this.#ports.processes.list();
    for (const probe of waiting) for (const process of ofService(processes, probe.request.target!)) if (!probe.knows(process)) void this.#into(probe, process);
  }

  async #tryAgain(): Promise<void> {
    await this.#removeLeft(false);
    for (const run of this.#statics.values()) if (!run.isRunning && await run.start()) this.#teller.changed(run, true);
  }

  /** `isStart`: of an agent that was killed, which nobody has told of yet. */
  async #removeLeft(isStart: boolean): Promise<void> {
    const before = this.#ledger.earlier;
    if (before.length === 0 || this.#isRemovingLeft) return;
    this.#isRemovingLeft = true;
    try { await this.#removeEarlier(before, isStart); } finally { this.#isRemovingLeft = false; }
  }

  async #removeEarlier(before: readonly LedgerEntry[], isStart: boolean): Promise<void> {
    const after = await removeLeftovers(before, this.#ports.mechanisms);
    const still = after.filter(({ lefts }) => lefts.length > 0);
    for (const entry of after) if (isStart) this.#over(crashed(entry, this.#unixMs())); else if (entry.lefts.length === 0) this.#tellOut(entry);
    await this.#ledger.settleEarlier([...still, ...this.#ledger.earlier.filter((one) => !before.includes(one))]);
  }

  #tellOut({ request }: LedgerEntry): void {
    const ended = this.#ended.get(request.id);
    if (ended !== undefined) this.#over({ ...ended, state: 'ended', why: { code: 'probe.removed-late', message: 'It could not be taken out at first, and was taken out later.' } });
  }

  #unixMs(): number { return Number(this.#ports.clock.nowUnixNano() / 1_000_000n); }
}

interface Ended { readonly removed: number; readonly problems: readonly string[] }
interface DoneWith { readonly probe: GovernedProbe; readonly isClean: boolean }

function endedOf(done: readonly DoneWith[]): Ended {
  const stuck = done.filter(({ isClean }) => !isClean);
  return { removed: done.length - stuck.length, problems: stuck.map(({ probe }) => `${probe.request.name} could not be taken out: ${probe.report().why?.message ?? 'nobody knows why'} It makes nothing any more.`) };
}

const aboutNothing = ({ about }: ProbeMechanism, { target, what }: ProbeRequest): ActionProblem | null =>
  (about === 'one' && target === null ? { code: 'probe.no-target', message: `A ${what.kind} needs a process, and none is named.`, help: 'Choose a process or a service.' } : null);
