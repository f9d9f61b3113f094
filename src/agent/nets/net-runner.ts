// Nets at work on an agent: what armed state machines and language rules decide becomes actions on the process that the record came from,
// within their limits; the server hears of it. Limits are on disk before an action starts, or it does not start: no restart resets them.
import { z } from 'zod';
import { decodeUtf8, type Clock } from '../../base/index.ts';
import { readMemories, readUnknownAt, refuse, withinRoom, type FiredAction, type NetFiring, type NetMemory, type NetSet, type ReadMemories, type RecordOrigin } from '../../engine/index.ts';
import { actionName, isServerAction, type ActionReport, type ActionRequest, type ActionTarget, type ArmedNet, type NetFired, type NetReport } from '../../model/index.ts';
import { unixMs, type Files } from '../ports/index.ts';
import { MeasuredFiles } from './measured-files.ts';
import { Outbox, parsedJson } from './outbox.ts';
import { Saver } from './saver.ts';

export const netsFile = 'nets.json';
const advanceEveryMs = 250;
const reportEveryMs = 1000;
/** Measured bounds change with every record; so often they are written down. */
const saveEveryMs = 60_000;
/** Actions of all nets that wait or run at the same time. */
const mostUnderWay = 50;
/** A net that only finds its limits used up is told to the server so often, per rule. */
const quietMs = 60_000;

export interface NetRunnerOptions {
  readonly nets: Pick<NetSet, 'advance' | 'report' | 'takeFirings' | 'limits' | 'measured' | 'remember' | 'loseOthers' | 'unknownAt' | 'isArmed' | 'onFired'>;
  readonly files: Pick<Files, 'read' | 'writeAtomically' | 'remove'>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Of this machine: a pid of another means nothing here. */
  readonly hostName: string;
  /** Resolves with the last report, whatever becomes of it. */
  readonly run: (request: ActionRequest) => Promise<ActionReport>;
  readonly canSend: () => boolean;
  readonly sendReport: (report: NetReport) => void;
  readonly sendFired: (fired: NetFired) => void;
  /** They stand in the same report, and their limits in the same file. */
  readonly languageRules?: { armed(): readonly ArmedNet[]; memories(): readonly NetMemory[]; remember(memories: readonly NetMemory[]): void; loseOthers(atUnixNano: bigint): void; unknownAt(): bigint | null };
}

type Asker = 'net' | 'language-rule';
interface Started { readonly id: string; readonly action: FiredAction }
/** One firing on its way to the server, and as what its actions are asked for. */
interface Doing { readonly firing: NetFiring; readonly asker: Asker; readonly epoch: number; /** Where actions behind a named one go: the very process that it was about. */ target: ActionTarget | null }
/** Firings of one rule that start nothing. */
interface Quiet { readonly toldMs: number; untold: number }

const stored = z.object({ version: z.literal(1), rules: z.array(z.unknown()), languageRules: z.array(z.unknown()).default([]), /** Rules with a file of measured bounds. */ measured: z.array(z.string()).default([]), unknownAt: z.unknown().optional(), languageUnknownAt: z.unknown().optional() });
const limitsEntry = z.looseObject({ rule: z.string(), memory: z.looseObject({}) });
const withTraining = z.object({ memory: z.object({ training: z.array(z.unknown()).min(1) }) });

export class NetRunner {
  readonly #options: NetRunnerOptions;
  readonly #saver: Saver;
  readonly #measured: MeasuredFiles;
  readonly #outbox: Outbox;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #quiet = new Map<string, Quiet>();
  readonly #working = new Set<Promise<void>>();
  #pending: NodeJS.Immediate | null = null;
  #catchingUp: NodeJS.Immediate | null = null;
  #underWay = 0;
  #reported = false;
  /** Rises when what waits is not to start any more. */
  #epoch = 0;
  #unread = '';
  /** Nets that the last report had no room for. */
  #leftOut = 0;

  private constructor(options: NetRunnerOptions) {
    this.#options = options;
    this.#saver = new Saver(options.files, netsFile, () => this.#saved());
    this.#measured = new MeasuredFiles(options.files, () => options.nets.measured());
    this.#outbox = new Outbox({ files: options.files, clock: options.clock, canSend: options.canSend, send: options.sendFired });
  }

  /** Before the rules are loaded: they take up what an earlier process wrote down. */
  static async open(options: NetRunnerOptions): Promise<NetRunner> {
    const runner = new NetRunner(options);
    await runner.#load();
    options.nets.onFired = () => { runner.#soon(); };
    return runner;
  }

  async #load(): Promise<void> {
    await this.#outbox.load();
    const content = await this.#options.files.read(netsFile);
    if (content.ok && content.value === null) return;
    const saved = content.ok ? stored.safeParse(parsedJson(decodeUtf8(content.value!))).data : undefined;
    const rules = saved === undefined ? undefined : await this.#withMeasured(saved);
    this.#remember(rules, saved?.unknownAt, this.#options.nets);
    if (this.#options.languageRules !== undefined) this.#remember(saved?.languageRules, saved?.languageUnknownAt, this.#options.languageRules);
    if (saved === undefined) this.#unread = `What nets had started cannot be read (${netsFile}${content.ok ? '' : `: ${content.error.message}`}), so ${inDoubt}`;
    // An agent before this one kept measured bounds with the limits: the next action's would be without them.
    if (saved?.rules.some((entry) => withTraining.safeParse(entry).success) === true) await this.#saveAll();
  }

  /** Limits and measured bounds as one, as they are remembered. */
  async #withMeasured({ rules, measured }: z.infer<typeof stored>): Promise<readonly unknown[]> {
    const read = new Map<unknown, unknown>();
    for (const rule of measured) read.set(rule, await this.#measured.read(rule));
    return rules.map((entry) => {
      const named = limitsEntry.safeParse(entry).data;
      return named !== undefined && read.has(named.rule) ? { ...named, memory: { ...named.memory, training: read.get(named.rule) } } : entry;
    });
  }

  #saveAll(): Promise<void> { return this.#measured.save(() => this.#saver.save()); }

  /** What could not be read at an earlier start stays unknown: it stands in the file when that was. */
  #saved(): object {
    const { nets, clock, languageRules } = this.#options;
    const now = clock.nowUnixNano();
    const [unknownAt, languageUnknownAt] = [nets.unknownAt(now), languageRules?.unknownAt() ?? null];
    return { version: 1, rules: nets.limits(now), measured: this.#measured.rules, languageRules: languageRules?.memories() ?? [], ...(unknownAt !== null && { unknownAt: String(unknownAt) }), ...(languageUnknownAt !== null && { languageUnknownAt: String(languageUnknownAt) }) };
  }

  /** Without entries nothing of it can be read. */
  #remember(entries: readonly unknown[] = [null], unknownAt: unknown, into: { remember(memories: readonly NetMemory[]): void; loseOthers(atUnixNano: bigint): void }): void {
    const now = this.#options.clock.nowUnixNano();
    const read = readMemories(entries, now);
    into.remember(read.memories);
    const before = readUnknownAt(unknownAt, now);
    if (before !== null) into.loseOthers(before);
    if (read.nameless > 0) into.loseOthers(now);
    this.#unread ||= unreadText(read);
  }

  /** For the health report; empty when all is well. */
  get problem(): string {
    const unsaved = [this.#saver.problem, this.#measured.problem, this.#outbox.problem].filter((one) => one !== '').map((one) => `What nets must remember could not be saved: ${one}`);
    const leftOut = this.#leftOut === 0 ? '' : `${this.#leftOut} armed nets are not in the report to the server: there is no room for so many.`;
    const dropped = this.#outbox.dropped === 0 ? '' : `The server will not hear of ${this.#outbox.dropped} firings of nets: it was away for too long, or did not take them.`;
    return [this.#unread, ...unsaved, leftOut, dropped].filter((one) => one !== '').join(' ');
  }

  start(): void {
    this.#every(advanceEveryMs, () => { this.#advance(); });
    this.#every(reportEveryMs, () => { this.report(); this.#outbox.tick(); });
    this.#every(saveEveryMs, () => { if (this.#options.nets.isArmed) void this.#saveAll(); });
  }

  /** Ten thousand timers at once are done in slices, with records in between. */
  #advance(): void {
    if (this.#catchingUp !== null) return;
    const isBehind = this.#options.nets.advance(this.#options.clock.nowUnixNano());
    if (isBehind) this.#catchingUp = setImmediate(() => { this.#catchingUp = null; this.#advance(); });
  }

  #every(ms: number, work: () => void): void { this.#timers.push(setInterval(work, ms)); }

  /** Nothing that waits starts any more; what runs is the action runner's. For the rip cord, too. */
  halt(): void { this.#epoch++; }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const soon of [this.#pending, this.#catchingUp]) if (soon !== null) clearImmediate(soon);
    this.#options.nets.onFired = null;
    this.halt();
    await Promise.all([this.#saveAll(), this.#outbox.settled()]);
  }

  /** What is under way, at its end; for tests. */
  async settled(): Promise<void> { while (this.#working.size > 0) await Promise.all(this.#working); }

  report(): void {
    const { nets, clock, canSend, sendReport, languageRules } = this.#options;
    const { nets: armed, leftOut } = withinRoom([...(languageRules?.armed() ?? []), ...nets.report(clock.nowUnixNano())]);
    this.#leftOut = leftOut;
    // Once empty, so that nobody takes what is gone for armed.
    if ((armed.length > 0 || this.#reported) && canSend()) {
      sendReport({ version: 1, atUnixMs: unixMs(clock), nets: [...armed], ...(leftOut > 0 && { leftOut }) });
      this.#reported = armed.length > 0;
    }
  }

  seen(id: string): void { this.#outbox.seen(id); }

  /** Out of the records' way. */
  #soon(): void {
    this.#pending ??= setImmediate(() => {
      this.#pending = null;
      this.takeFirings();
    });
  }

  takeFirings(): void { for (const firing of this.#options.nets.takeFirings()) this.fire(firing); }

  /** What a net, or a language rule, wants done. Its actions have counted against its limits; those that do not start count no more. */
  fire(firing: NetFiring, asker: Asker = 'net'): void {
    const started: Started[] = [];
    const notRun = [...firing.notRun];
    for (const action of firing.actions) {
      if (this.#underWay >= mostUnderWay) { notRun.push(refuse(action, `${mostUnderWay} actions of nets wait or run already`)); continue; }
      this.#underWay++;
      started.push({ id: this.#options.newId(), action });
    }
    if (started.length > 0) this.#work(this.#begin({ firing, asker, epoch: this.#epoch, target: targetOf(firing.origin, this.#options.hostName) }, started, notRun));
    else this.#tellQuietly({ ...firing, notRun });
  }

  #work(work: Promise<void>): void {
    this.#working.add(work);
    void work.finally(() => { this.#working.delete(work); });
  }

  /** Nothing starts that a killed agent would not know of at its next start. */
  async #begin(doing: Doing, started: readonly Started[], notRun: NetFiring['notRun']): Promise<void> {
    const { firing } = doing;
    const unsaved = await this.#saver.save();
    const why = unsaved !== '' ? `its limits could not be written down: ${unsaved}` : doing.epoch === this.#epoch ? null : halted;
    if (why === null) {
      for (const { id, action: { event } } of started) event.actionId = id;
      this.#tell(firing, started, notRun);
      await this.#runAll(doing, started);
      return;
    }
    this.#underWay -= started.length;
    this.#tellQuietly({ ...firing, notRun: [...notRun, ...started.map(({ action }) => refuse(action, why))] });
  }

  /** A storm of firings that start nothing is told once in a while, and then how many there were. */
  #tellQuietly(firing: NetFiring): void {
    const now = unixMs(this.#options.clock);
    const quiet = this.#quiet.get(firing.rule.id);
    const untold = (quiet?.untold ?? 0) + (firing.alike ?? 0);
    if (quiet !== undefined && Math.abs(now - quiet.toldMs) < quietMs) { quiet.untold = untold + 1; return; }
    this.#quiet.delete(firing.rule.id);
    this.#quiet.set(firing.rule.id, { toldMs: now, untold: 0 });
    if (this.#quiet.size > 1000) this.#quiet.delete(this.#quiet.keys().next().value!);
    this.#tell({ ...firing, because: untold === 0 ? firing.because : `${firing.because.slice(0, 1900)} (${untold} firings before it started nothing, either)` }, [], firing.notRun);
  }

  #tell({ rule: { id, name, version }, key, from, to, atUnixMs, because, origin }: NetFiring, started: readonly Started[], notRun: NetFiring['notRun']): void {
    this.#outbox.add({
      id: this.#options.newId(), rule: { id, name, version }, key, from, to, atUnixMs, because: because.slice(0, 2000), service: origin?.service ?? null,
      actions: started.map(({ id: run, action: { action, as, parameters } }) => ({ id: run, action, as, ...(isServerAction(action) && { parameters: { ...parameters } }) })), notRun: notRun.map(({ action, because: why }) => ({ action, because: why.slice(0, 500) })),
    });
  }

  /** One firing's actions: those behind a named one wait for it, so that they can use what came of it; the others start at once. */
  async #runAll(doing: Doing, started: readonly Started[]): Promise<void> {
    let named: Promise<void> = Promise.resolve();
    const all: Promise<void>[] = [];
    for (const one of started) {
      const run = named.then(() => this.#run(doing, one)).finally(() => { this.#underWay--; });
      all.push(run);
      if (one.action.as !== null) named = run;
    }
    await Promise.all(all);
  }

  /** Never rejects: what goes wrong with an action is in its report. */
  async #run(doing: Doing, { id, action: fired }: Started): Promise<void> {
    // The firing that is told carries it: the server does it.
    if (isServerAction(fired.action)) return;
    const { firing: { rule }, asker, epoch } = doing;
    const action = actionName.safeParse(fired.action);
    if (!action.success || epoch !== this.#epoch) { refuse(fired, epoch === this.#epoch ? 'this agent knows no such action' : halted); return; }
    const request: ActionRequest = {
      id, action: action.data, target: doing.target, parameters: { ...fired.parameters }, asker: { kind: asker, name: rule.name.slice(0, 200), id: rule.id }, incident: null, force: false,
    };
    const report = await this.#options.run(request).catch(() => null);
    if (fired.as !== null) doing.target = sameProcess(report) ?? doing.target;
  }
}

const inDoubt = 'those rules start nothing until the time of their limits is over. Take the file away and start the agent anew to count anew.';
const halted = 'the agent was told to stop before it began';

function unreadText({ unknown, nameless, unmeasured }: ReadMemories): string {
  if (nameless > 0) return `${nameless} entries in what nets had started (${netsFile}) cannot be read and may be of any net that no other entry names, so ${inDoubt}`;
  if (unknown > 0) return `What ${unknown} nets had started cannot be read (${netsFile}), so ${inDoubt}`;
  return unmeasured > 0 ? `${unmeasured} measured bounds of nets cannot be read. They are measured anew.` : '';
}

/** The process that an action was about, beyond the use of its pid by another; null when it was about none. */
function sameProcess(report: ActionReport | null): ActionTarget | null {
  if (report === null || report.process === null) return null;
  const { pid, startTicks } = report.process;
  return { pid, ...(startTicks !== undefined && { startTicks }) };
}

/** The pid where it is surely one of this machine; else the service, of which the agent knows the processes. */
function targetOf(origin: RecordOrigin | null, hostName: string): ActionTarget | null {
  if (origin === null) return null;
  const { pid, service, host } = origin;
  if (pid !== null && (host === hostName || (host === null && service === null))) return { pid, ...(service !== null && { service }) };
  return service === null ? null : { service };
}
