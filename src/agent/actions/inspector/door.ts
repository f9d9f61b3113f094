// Looks into running, unmodified Node processes through their V8 inspector, and leaves them as they were. Everybody who looks into one process at the
// same time shares one open inspector, each by a session of its own; who lets go last closes it, over all programs (`shares.ts`). It is noted from
// before it opens until it is surely closed, so that the next start closes what a killed agent left. An inspector that others opened is used and left
// open.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { type Proc } from '../../processes/index.ts';
import { nameOf, type Problem } from '../contract.ts';
import type { Rights } from '../tools/index.ts';
import { throwIfAborted } from '../wait.ts';
import type { CdpSession } from './cdp-session.ts';
import { listeningPorts } from './listening.ts';
import { closeInspector, defaultPort, findInspector, inspectorOptions, moveInspector, type Opened, openInspector } from './opening.ts';
import { deafProblem, inspectorProblem, isSignalled, isStopped } from './problems.ts';
import { looksShut } from './shut.ts';
import type { InspectorShares, Looked } from './shares.ts';
import { Turns } from './turns.ts';

export interface Attached {
  readonly session: CdpSession;
  /** Somebody else had opened it; it stays open. */
  readonly wasOpen: boolean;
  /** Lets go; the last one closes the inspector if Weir opened it. False: it could not be closed and stays open until the process ends. */
  close(): Promise<boolean>;
}

export interface Attaching {
  /** A name for what only one may do at a time in a process. */
  readonly alone?: string;
  /** Sends no signal. */
  readonly onlyIfOpen?: boolean;
}

interface Options {
  readonly proc: Proc;
  readonly rights: Rights;
  readonly shares: InspectorShares;
  readonly nowUnixMs?: () => number;
}

/** An inspector that Weir opened, and who uses it here. */
interface Shared { readonly port: number; users: number }

const mostDeaf = 1000;

export class InspectorDoor {
  readonly #options: Options;
  /** By pid and start, those that Weir opened, and what is done there by one at a time. */
  readonly #open = new Map<string, Shared>();
  readonly #alone = new Set<string>();
  /** Processes that were sent the signal and did not open. */
  readonly #deaf = new Set<string>();
  /** About one process at a time; and of opening, one at a time over all, for they want the same port. */
  readonly #turns = new Turns();

  constructor(options: Options) { this.#options = options; }

  /** Null when nothing that can be seen from outside speaks against it. */
  async problem(process: AgentProcess): Promise<Problem | null> {
    const seen = await inspectorProblem(this.#options.proc, this.#options.rights, process);
    return seen ?? (this.#deaf.has(keyOf(process)) && !await this.isOpen(process) ? deafProblem(process) : null);
  }

  /** No signal is needed: Weir has opened it for another action, or the process did by itself. */
  async isOpen(process: AgentProcess): Promise<boolean> {
    return this.#open.has(keyOf(process)) || (await inspectorOptions(this.#options.proc, process.pid)).isOpen;
  }

  /** Errors: `action.busy` when it is not alone, and why it did not open. */
  attach(process: AgentProcess, signal: AbortSignal, { alone, onlyIfOpen = false }: Attaching = {}): Promise<Result<Attached>> {
    return this.#turns.take(keyOf(process), async () => {
      throwIfAborted(signal);
      const claim = alone === undefined ? null : `${keyOf(process)} ${alone}`;
      if (claim !== null && this.#alone.has(claim)) return failure('action.busy', `Another ${alone} of ${nameOf(process)} is under way, and V8 does one at a time.`, 'Start it when that one has ended.');
      const attached = await this.#joined(process) ?? await this.#attach(process, signal, onlyIfOpen);
      if (!attached.ok || claim === null) return attached;
      this.#alone.add(claim);
      return ok({ ...attached.value, close: () => { this.#alone.delete(claim); return attached.value.close(); } });
    });
  }

  /** What an earlier run opened and could not close. False: it may be open still, or open later; that is noted as this program's, and to be tried again. */
  closeLeft(pid: number, startTicks: number): Promise<boolean> {
    const left = { pid, startTicks };
    return this.#turns.take(keyOf(left), async () => {
      const { proc, shares } = this.#options;
      if (!await proc.isAlive(pid, startTicks)) { await shares.forget(left); return true; }
      // Somebody looks into it, here or elsewhere, and closes it.
      if ((this.#open.get(keyOf(left))?.users ?? 0) > 0 || await shares.isShared(left)) return true;
      const known = await shares.known(left);
      if (await shares.leave(left)) return true;
      const shut = await this.#shut(left, known);
      if (shut === true) { this.#open.delete(keyOf(left)); this.#deaf.delete(keyOf(left)); await shares.forget(left); return true; }
      await shares.stuck(left, { ...(known.port === null ? {} : { port: known.port }), ...(shut === false ? {} : { quiet: shut }) });
      return false;
    });
  }

  /** Where Weir noted that it has it open; null: nowhere. */
  async notedPort(process: Looked): Promise<number | null> { return (await this.#options.shares.known(process)).port; }

  /** Tries again what could not be closed, and what programs that are gone left. Gives the processes where an inspector may still be open; null: nobody knows. */
  async closeStuck(): Promise<readonly Looked[] | null> {
    const left = await this.#options.shares.left();
    if (left === null) return null;
    const closed = await Promise.all(left.map(({ pid, startTicks }) => this.closeLeft(pid, startTicks)));
    return left.filter((_, at) => closed[at] === false);
  }

  /** True: for certain. */
  async #shut({ pid }: Looked, known: Awaited<ReturnType<InspectorShares['known']>>): ReturnType<typeof looksShut> {
    const { proc, nowUnixMs = Date.now } = this.#options;
    if (await isStopped(proc, pid)) return false;
    const found = await findInspector(proc, pid, await listeningPorts(proc, pid) ?? []);
    if (found !== null && await closeInspector(proc, pid, found.session)) return !await isSignalled(proc, pid);
    return looksShut(proc, pid, known, nowUnixMs());
  }

  /** Null when Weir has none open there, or it was closed by somebody else. */
  async #joined(target: AgentProcess): Promise<Result<Attached> | null> {
    const shared = this.#open.get(keyOf(target));
    if (shared === undefined) return null;
    const found = await findInspector(this.#options.proc, target.pid, [shared.port]);
    if (found === null) { this.#open.delete(keyOf(target)); return null; }
    // One that could not be closed is in use again.
    if (shared.users === 0) await this.#options.shares.opened(target, shared.port);
    return ok(this.#share(target, shared, found.session));
  }

  async #attach(target: AgentProcess, signal: AbortSignal, onlyIfOpen: boolean): Promise<Result<Attached>> {
    const { proc, shares } = this.#options;
    const before = await listeningPorts(proc, target.pid);
    if (before === null) return failure('action.no-permission', `The open files of ${nameOf(target)} may not be read.`, `Run Weir as ${target.user} or as root, or give it CAP_SYS_PTRACE.`);
    const { port: chosen, isOpen } = await inspectorOptions(proc, target.pid);
    const open = await findInspector(proc, target.pid, before.filter((port) => isOpen || port === chosen || port === defaultPort));
    // Another Weir notes it before it opens it, and it stays on that port only for a moment.
    if (open !== null && !await shares.isShared(target)) return ok(othersOwn(open.session));
    open?.session.close();
    return onlyIfOpen ? this.#joinOnly(target, signal) : this.#joinOrOpen(target, chosen, signal);
  }

  async #joinOnly(target: AgentProcess, signal: AbortSignal): Promise<Result<Attached>> {
    const { shares } = this.#options;
    const joined = await shares.isShared(target) ? await shares.join(target, signal) : ok(null);
    if (!joined.ok) return joined;
    const attached = joined.value === null ? null : await this.#useOf(target, joined.value);
    if (attached !== null) return ok(attached);
    await shares.settle(target);
    return failure('action.no-inspector', `The inspector of ${nameOf(target)} is not open.`);
  }

  async #joinOrOpen(target: AgentProcess, chosen: number, signal: AbortSignal): Promise<Result<Attached>> {
    const { shares } = this.#options;
    const joined = await shares.join(target, signal);
    if (!joined.ok) return joined;
    if (joined.value !== null) {
      const attached = await this.#useOf(target, joined.value);
      if (attached !== null) return ok(attached);
      const noted = await shares.opening(target);
      if (!noted.ok) return noted;
    }
    // Another may have closed one while it was waited for.
    return this.#openNew(target, await listeningPorts(this.#options.proc, target.pid) ?? [], chosen, signal);
  }

  /** What another Weir opened; null when it is not there. */
  async #useOf(target: AgentProcess, port: number): Promise<Attached | null> {
    const found = await findInspector(this.#options.proc, target.pid, [port]);
    if (found === null) return null;
    const shared: Shared = { port, users: 0 };
    this.#open.set(keyOf(target), shared);
    return this.#share(target, shared, found.session);
  }

  async #openNew(target: AgentProcess, before: readonly number[], chosen: number, signal: AbortSignal): Promise<Result<Attached>> {
    const { shares } = this.#options;
    const signalled = { sent: false };
    try {
      const found = await this.#turns.take('opening', async () => this.#opened(target, before, chosen, signalled, signal));
      // One that may still open, when the process comes back from native code, stays noted: the next start looks for it.
      if (found.ok && !found.value.wasOpen) await shares.opened(target, found.value.port);
      else if (await this.#mayOpenLater(target, found, signalled.sent)) await shares.stuck(target);
      else await shares.settle(target);
      if (!found.ok) { this.#remember(target, found.error.code); return found; }
      if (found.value.wasOpen) return ok(othersOwn(found.value.session));
      const shared: Shared = { port: found.value.port, users: 0 };
      this.#open.set(keyOf(target), shared);
      return ok(this.#share(target, shared, found.value.session));
    } catch (failed) {
      if (signalled.sent) await this.#undo(target, before); else await shares.settle(target);
      throw failed;
    }
  }

  async #mayOpenLater({ pid }: AgentProcess, found: Result<unknown>, sent: boolean): Promise<boolean> {
    return sent && (!found.ok && found.error.code === 'action.no-inspector' || await isSignalled(this.#options.proc, pid));
  }

  async #opened(target: AgentProcess, before: readonly number[], chosen: number, signalled: { sent: boolean }, signal: AbortSignal): Promise<Result<Opened & { readonly wasOpen: boolean }>> {
    throwIfAborted(signal);
    const found = await openInspector(this.#options.proc, target, { before, chosen, sent: () => { signalled.sent = true; } }, signal);
    if (!found.ok || found.value.wasOpen) return found;
    return ok({ ...await moveInspector(this.#options.proc, target.pid, found.value, chosen), wasOpen: false });
  }

  #share(target: AgentProcess, shared: Shared, session: CdpSession): Attached {
    shared.users++;
    let closing: Promise<boolean> | null = null;
    return { session, wasOpen: false, close: () => { closing ??= this.#turns.take(keyOf(target), () => this.#letGo(target, shared, session)); return closing; } };
  }

  async #letGo(target: AgentProcess, shared: Shared, session: CdpSession): Promise<boolean> {
    shared.users--;
    // Another has opened it anew: this one was closed from elsewhere.
    if (shared.users > 0 || this.#open.get(keyOf(target)) !== shared) { session.close(); return true; }
    const { shares } = this.#options;
    if (await shares.leave(target)) session.close();
    else if (await this.#close(target, shared, session)) await shares.settle(target);
    else { await shares.stuck(target); return false; }
    this.#open.delete(keyOf(target));
    return true;
  }

  /** By this session, or by a new one where it was lost. */
  async #close({ pid }: AgentProcess, { port }: Shared, session: CdpSession): Promise<boolean> {
    const { proc } = this.#options;
    if (await closeInspector(proc, pid, session)) return true;
    const again = await findInspector(proc, pid, [port]);
    return again === null ? !(await listeningPorts(proc, pid) ?? []).includes(port) : closeInspector(proc, pid, again.session);
  }

  /** Cancelled while it opened: what is open now that was not before is closed again. */
  async #undo(target: AgentProcess, before: readonly number[]): Promise<void> {
    const { proc, shares } = this.#options;
    const found = await findInspector(proc, target.pid, (await listeningPorts(proc, target.pid) ?? []).filter((port) => !before.includes(port)));
    if (found !== null && await closeInspector(proc, target.pid, found.session)) await shares.settle(target);
    else await shares.stuck(target);
  }

  #remember(target: AgentProcess, code: string): void {
    if (code !== 'action.no-inspector') return;
    const [oldest] = this.#deaf;
    if (this.#deaf.size >= mostDeaf && oldest !== undefined) this.#deaf.delete(oldest);
    this.#deaf.add(keyOf(target));
  }
}

const othersOwn = (session: CdpSession): Attached => ({ session, wasOpen: true, close: async () => { session.close(); return true; } });
const keyOf = ({ pid, startTicks }: Looked): string => `${pid}:${startTicks}`;
