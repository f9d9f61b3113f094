// Nets at work on an agent: what the armed state machines decide becomes actions on the process that the record came from, within their
// limits; the server hears of it. Limits and measured bounds are on disk before an action starts, so that no restart resets them.
import { z } from 'zod';
import { decodeUtf8, type Clock } from '../../base/index.ts';
import { readMemories, type FiredAction, type NetFiring, type NetSet, type RecordOrigin } from '../../engine/index.ts';
import { actionName, type ActionReport, type ActionRequest, type ActionTarget, type ArmedNet, type NetFired, type NetReport } from '../../model/index.ts';
import { unixMs, type Files } from '../ports/index.ts';
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
  readonly nets: Pick<NetSet, 'advance' | 'report' | 'takeFirings' | 'memories' | 'remember' | 'isArmed' | 'onFired'>;
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Of this machine: a pid of another means nothing here. */
  readonly hostName: string;
  /** Resolves with the last report, whatever becomes of it. */
  readonly run: (request: ActionRequest) => Promise<ActionReport>;
  readonly canSend: () => boolean;
  readonly sendReport: (report: NetReport) => void;
  readonly sendFired: (fired: NetFired) => void;
  /** Language rules: they stand in the same report. */
  readonly others?: () => readonly ArmedNet[];
}

type Asker = 'net' | 'language-rule';
interface Started { readonly id: string; readonly action: FiredAction }

const stored = z.object({ version: z.literal(1), rules: z.array(z.unknown()) });

export class NetRunner {
  readonly #options: NetRunnerOptions;
  readonly #saver: Saver;
  readonly #outbox: Outbox;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #toldMs = new Map<string, number>();
  readonly #working = new Set<Promise<void>>();
  #pending: NodeJS.Immediate | null = null;
  #underWay = 0;
  #reported = false;
  /** Rises when what waits is not to start any more. */
  #epoch = 0;
  #unread = '';

  private constructor(options: NetRunnerOptions) {
    this.#options = options;
    this.#saver = new Saver(options.files, netsFile, () => ({ version: 1, rules: options.nets.memories(options.clock.nowUnixNano()) }));
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
    const { memories, unreadable } = readMemories(saved?.rules ?? []);
    this.#options.nets.remember(memories);
    if (saved === undefined) this.#unread = `The limits of nets on disk (${netsFile}) cannot be read${content.ok ? '' : `: ${content.error.message}`}. They begin anew.`;
    else if (unreadable > 0) this.#unread = `${unreadable} of ${saved.rules.length} entries in the limits of nets on disk (${netsFile}) cannot be read. Those nets begin anew.`;
  }

  /** For the health report; empty when all is well. */
  get problem(): string {
    const unsaved = [this.#saver.problem, this.#outbox.problem].filter((one) => one !== '').map((one) => `What nets must remember could not be saved: ${one}`);
    return [this.#unread, ...unsaved].filter((one) => one !== '').join(' ');
  }
  /** Firings that the server will not hear of. */
  get droppedFirings(): number { return this.#outbox.dropped; }

  start(): void {
    this.#every(advanceEveryMs, () => { this.#options.nets.advance(this.#options.clock.nowUnixNano()); });
    this.#every(reportEveryMs, () => { this.report(); this.#outbox.tick(); });
    this.#every(saveEveryMs, () => { if (this.#options.nets.isArmed) void this.#saver.save(); });
  }

  #every(ms: number, work: () => void): void { this.#timers.push(setInterval(work, ms)); }

  /** Nothing that waits starts any more; what runs is the action runner's. For the rip cord, too. */
  halt(): void { this.#epoch++; }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#pending !== null) clearImmediate(this.#pending);
    this.#options.nets.onFired = null;
    this.halt();
    await Promise.all([this.#saver.save(), this.#outbox.settled()]);
  }

  /** What is under way, at its end; for tests. */
  async settled(): Promise<void> { while (this.#working.size > 0) await Promise.all(this.#working); }

  report(): void {
    const { nets, clock, canSend, sendReport, others } = this.#options;
    const armed = [...nets.report(clock.nowUnixNano()), ...(others?.() ?? [])];
    // Once empty, so that nobody takes what is gone for armed.
    if ((armed.length > 0 || this.#reported) && canSend()) {
      sendReport({ version: 1, atUnixMs: unixMs(clock), nets: armed });
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

  /** What a net, or a language rule, wants done. Its actions have counted against its limits. */
  fire(firing: NetFiring, asker: Asker = 'net'): void {
    const started: Started[] = [];
    const notRun = [...firing.notRun];
    for (const action of firing.actions) {
      const why = this.#underWay >= mostUnderWay ? `${mostUnderWay} actions of nets wait or run already` : null;
      if (why !== null) { notRun.push({ action: action.action, because: why }); action.event.event = 'action-not-run'; action.event.because = why; continue; }
      this.#underWay++;
      const id = this.#options.newId();
      action.event.actionId = id;
      started.push({ id, action });
    }
    if (started.length > 0) this.#work(this.#runAll(firing, started, asker));
    if (started.length > 0 || this.#isNews(firing.rule.id)) this.#tell(firing, started, notRun);
  }

  #work(work: Promise<void>): void {
    this.#working.add(work);
    void work.finally(() => { this.#working.delete(work); });
  }

  /** A storm of firings that start nothing is told once in a while. */
  #isNews(rule: string): boolean {
    const now = unixMs(this.#options.clock);
    const told = this.#toldMs.get(rule);
    if (told !== undefined && Math.abs(now - told) < quietMs) return false;
    this.#toldMs.delete(rule);
    this.#toldMs.set(rule, now);
    if (this.#toldMs.size > 1000) this.#toldMs.delete(this.#toldMs.keys().next().value!);
    return true;
  }

  #tell({ rule: { id, name, version }, key, from, to, atUnixMs, because, origin }: NetFiring, started: readonly Started[], notRun: NetFiring['notRun']): void {
    this.#outbox.add({
      id: this.#options.newId(), rule: { id, name, version }, key, from, to, atUnixMs, because: because.slice(0, 2000), service: origin?.service ?? null,
      actions: started.map(({ id: run, action: { action, as } }) => ({ id: run, action, as })), notRun: notRun.map(({ action, because: why }) => ({ action, because: why.slice(0, 500) })),
    });
  }

  /** One firing's actions: those behind a named one wait for it, so that they can use what came out of it; the others start at once. */
  async #runAll(firing: NetFiring, started: readonly Started[], asker: Asker): Promise<void> {
    const epoch = this.#epoch;
    await this.#saver.save();
    const given: Record<string, string> = {};
    let named: Promise<void> = Promise.resolve();
    const all: Promise<void>[] = [];
    for (const one of started) {
      const run = named.then(() => this.#run(firing, one, given, epoch, asker)).finally(() => { this.#underWay--; });
      all.push(run);
      if (one.action.as !== null) named = run;
    }
    await Promise.all(all);
  }

  /** Never rejects: what goes wrong with an action is in its report. */
  async #run({ rule, origin }: NetFiring, { id, action: { action: name, as, parameters } }: Started, given: Record<string, string>, epoch: number, asker: Asker): Promise<void> {
    const action = actionName.safeParse(name);
    if (!action.success || epoch !== this.#epoch) return;
    const request: ActionRequest = {
      id, action: action.data, target: targetOf(origin, this.#options.hostName), parameters: { ...parameters }, asker: { kind: asker, name: rule.name.slice(0, 200), id: rule.id }, incident: null, force: false,
      ...(Object.keys(given).length > 0 && { given: { ...given } }),
    };
    const report = await this.#options.run(request).catch(() => null);
    const first = report?.artifacts[0];
    if (as !== null && first !== undefined) given[as] = first.id;
  }
}

/** The pid where it is surely one of this machine; else the service, of which the agent knows the processes. */
function targetOf(origin: RecordOrigin | null, hostName: string): ActionTarget | null {
  if (origin === null) return null;
  const { pid, service, host } = origin;
  if (pid !== null && (host === hostName || (host === null && service === null))) return { pid, ...(service !== null && { service }) };
  return service === null ? null : { service };
}
