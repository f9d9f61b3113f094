// Puts events of one probe into the kernel, in an instance and a group of its own, and takes them out: the only place that does. What it
// leaves behind when Weir is killed has a name that says so (`names.ts`).
import { ok, failure, type Result } from '../../../../base/index.ts';
import type { ActionProblem, ProbeEnd } from '../../../../model/index.ts';
import type { Proc } from '../../../processes/index.ts';
import type { HitSink } from '../../contract.ts';
import { badFilter, fetchText, type Fetch, type Role } from '../arguments.ts';
import type { Machine } from '../elf/index.ts';
import { lastComplaint, tell } from '../tracefs.ts';
import { parseFormat } from './event-format.ts';
import { removeGroup, TraceInstance } from './instance.ts';
import { instanceName } from './names.ts';
import { eventName } from './profile.ts';
import { Tasks } from './tasks.ts';
import { TraceReader, type ReadEvent } from './trace-reader.ts';

export interface PlannedEvent {
  /** In its group. */
  readonly name: string;
  readonly role: Role;
  /** `PATH:0xOFFSET`, with `(0xOFFSET)` of a semaphore. */
  readonly place: string;
  readonly fetches: readonly Fetch[];
  readonly filter: string | null;
}
export interface EventsAsk {
  readonly root: string; readonly group: string; readonly events: readonly PlannedEvent[]; readonly machine: Machine;
  readonly process: { readonly pid: number; readonly startTicks: number } | null;
  readonly measured: string | null;
  /** What a pass costs, milliseconds. */
  readonly passCostMs: number;
  readonly proc: Proc; readonly sink: HitSink;
}

const mostThreads = 10_000;

/** The words of `uprobe_events`. */
const definitionOf = (group: string, { name, role, place, fetches }: PlannedEvent): string =>
  [`${role === 'entry' ? 'p' : 'r'}:${group}/${eventName(group, name)}`, place, ...fetches.map(fetchText)].join(' ');

export class EventsIn {
  readonly #ask: EventsAsk;
  readonly #instance: TraceInstance;
  readonly #instanceName: string;
  #reader: TraceReader | null = null;
  #removing: Promise<boolean> | null = null;

  constructor(ask: EventsAsk) {
    this.#ask = ask;
    this.#instanceName = instanceName(ask.group);
    this.#instance = new TraceInstance(ask.root, this.#instanceName);
  }

  /** Takes out what it had put in when it fails; `remove` says whether it could. Errors: `probe.kernel-refused`, `probe.bad-argument`, `probe.bad-filter`, `probe.process-gone`. */
  async putIn(): Promise<Result<void>> {
    const done = await this.#putIn();
    if (!done.ok) await this.remove();
    return done;
  }

  async #putIn(): Promise<Result<void>> {
    const defined = await this.#define();
    if (!defined.ok) return defined;
    const opened = await this.#instance.open();
    if (!opened.ok) return opened;
    const events = await this.#prepare();
    if (!events.ok) return events;
    const narrowed = await this.#narrow();
    if (!narrowed.ok) return narrowed;
    const { root, proc, sink, machine, process, measured, passCostMs } = this.#ask;
    const onGone = (end: ProbeEnd, why: ActionProblem | null): void => { void this.remove().then(() => { sink.ended(end, why); }); };
    this.#reader = new TraceReader({ instance: this.#instance, tasks: new Tasks(proc, root), proc, sink, machine, root, events: events.value, process, measured, passCostMs, onGone });
    const enabled = await this.enable(true);
    if (enabled.ok) this.#reader.start();
    return enabled;
  }

  async #define(): Promise<Result<void>> {
    for (const event of this.#ask.events) {
      const told = await tell(this.#ask.root, 'uprobe_events', `${definitionOf(this.#ask.group, event)}\n`, 'append');
      if (!told.ok) return failure('probe.kernel-refused', `The kernel refused the probe: ${await lastComplaint(this.#ask.root) || told.error.message}`, 'Check the arguments: registers of this processor (%di, %si, … on x86-64; %x0, %x1, … on arm64), types and names.');
    }
    return ok(undefined);
  }

  async #prepare(): Promise<Result<ReadEvent[]>> {
    const events: ReadEvent[] = [];
    for (const { name, role, fetches, filter } of this.#ask.events) {
      const inKernel = eventName(this.#ask.group, name);
      const folder = `events/${this.#ask.group}/${inKernel}`;
      const format = parseFormat(await this.#instance.text(`${folder}/format`), fetches);
      if (format === null) return failure('probe.kernel-refused', `The kernel describes the event ${name} in a way that Weir does not understand.`, 'Tell us the kernel version (uname -r).');
      if (filter !== null && !(await this.#instance.tell(`${folder}/filter`, filter)).ok) return this.#badFilter(folder);
      events.push({ name: inKernel, role, format });
    }
    return ok(events);
  }

  /** After a refusal the filter's file holds the reason. */
  async #badFilter(folder: string): Promise<Result<never>> {
    const said = (await this.#instance.text(`${folder}/filter`)).trim().split('\n').at(-1)?.replace(/^\^?\s*parse_error:\s*/, '') ?? '';
    return badFilter(`The kernel does not take the filter: ${said === '' || said === 'none' ? await lastComplaint(this.#ask.root) : said}`);
  }

  /** Threads of the process; the kernel adds those that they start. Listed until there is no new one. */
  async #narrow(): Promise<Result<void>> {
    const { process, proc } = this.#ask;
    if (process === null) return ok(undefined);
    const told = new Set<string>();
    for (let isNew = true; isNew && told.size < mostThreads;) {
      const threads = await proc.list(process.pid, 'task');
      if (threads === null || !await proc.isAlive(process.pid, process.startTicks)) return failure('probe.process-gone', `Process ${process.pid} has ended.`, 'Choose one that runs.');
      const fresh = threads.filter((thread) => !told.has(thread));
      isNew = fresh.length > 0;
      for (const thread of fresh) {
        told.add(thread);
        const written = await this.#instance.tell('set_event_pid', `${thread}\n`, 'append');
        if (!written.ok) return written;
      }
    }
    return ok(undefined);
  }

  /** Off takes the breakpoints out of the code. A return is on whenever its entry is: an entry that finds no return could take another's. */
  async enable(on: boolean): Promise<Result<void>> {
    if (on) await this.#reader?.forgetCalls();
    const byRole = this.#ask.events.toSorted((a, b) => (a.role === b.role ? 0 : (a.role === 'return') === on ? -1 : 1));
    for (const { name } of byRole) {
      const told = await this.#instance.tell(`events/${this.#ask.group}/${eventName(this.#ask.group, name)}/enable`, on ? '1' : '0');
      if (!told.ok) return told;
    }
    return ok(undefined);
  }

  remove(): Promise<boolean> {
    this.#removing ??= this.#remove().then((isGone) => { if (!isGone) this.#removing = null; return isGone; });
    return this.#removing;
  }

  async #remove(): Promise<boolean> {
    await this.enable(false);
    await this.#reader?.stop();
    this.#instance.close();
    return removeGroup(this.#ask.root, this.#ask.group, this.#instanceName);
  }
}
