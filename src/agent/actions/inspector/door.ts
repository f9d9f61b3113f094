// Opens the V8 inspector of a running, unmodified Node process and closes it again. SIGUSR1 makes Node listen on its inspector port (9229
// unless told otherwise); where it really listens is read from /proc, and nothing is done before the process at the other end has
// said its pid. When the port is taken Node listens nowhere, and stays silent: so processes are opened one after the other, and each moves to
// a free port at once, which leaves the default one to the next. An inspector that was open already is used and left open.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { zeroSeparated, type Proc } from '../../processes/index.ts';
import { nameOf } from '../contract.ts';
import type { Leftover } from '../limits/index.ts';
import type { Rights } from '../tools/index.ts';
import { becomes, resolvesWithin, throwIfAborted } from '../wait.ts';
import { CdpSession } from './cdp-session.ts';
import { listeners, listeningPorts, socketInodes } from './listening.ts';
import { inspectorAt } from './probe.ts';
import { inspectorProblem } from './problems.ts';

export interface Attached {
  readonly session: CdpSession;
  /** Somebody else had opened it; it stays open. */
  readonly wasOpen: boolean;
  /** Closes the inspector if Weir opened it. False: it could not be closed and stays open until the process ends. */
  close(): Promise<boolean>;
}

interface Options {
  readonly proc: Proc;
  readonly rights: Rights;
  readonly note: (key: string, leftover: Leftover) => Promise<unknown>;
  readonly settle: (key: string) => Promise<unknown>;
}

/** The module, however old the process is: `getBuiltinModule` since 20.16, before it through the main module or the console's `require`. */
const inspectorModule = `(process.getBuiltinModule ? process.getBuiltinModule('inspector') : process.mainModule ? process.mainModule.require('inspector') : require('inspector'))`;
const move = `(()=>{const i=${inspectorModule};setImmediate(()=>{i.close();i.open(0,'127.0.0.1')});return true})()`;
const closeIt = `(()=>{const i=${inspectorModule};setImmediate(()=>i.close());return true})()`;

const opensWithinMs = 6000;
const [attempts, freeWithinMs] = [3, 1500];
const closesWithinMs = 5000;
/** A process that walks its heap answers when it is done. */
const busyMs = 120_000;
const defaultPort = 9229;

export class InspectorDoor {
  readonly #options: Options;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: Options) { this.#options = options; }

  /** Null when nothing that can be seen from outside speaks against it. */
  problem(process: AgentProcess) { return inspectorProblem(this.#options.proc, this.#options.rights, process); }

  async attach(process: AgentProcess, signal: AbortSignal): Promise<Result<Attached>> {
    const next = this.#last.then(() => this.#attach(process, signal));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** What an earlier run opened and could not close. */
  async closeLeft(pid: number, startTicks: number): Promise<void> {
    const { proc } = this.#options;
    if (!await proc.isAlive(pid, startTicks)) return;
    const session = await this.#find(pid, await listeningPorts(proc, pid) ?? []);
    if (session !== null) await this.#close(pid, session);
  }

  async #attach(target: AgentProcess, signal: AbortSignal): Promise<Result<Attached>> {
    throwIfAborted(signal);
    const { proc } = this.#options;
    const before = await listeningPorts(proc, target.pid);
    if (before === null) return failure('action.no-permission', `The open files of ${nameOf(target)} may not be read.`, `Run Weir as ${target.user} or as root, or give it CAP_SYS_PTRACE.`);
    const { port: chosen, isOpen } = await inspectorOptions(proc, target.pid);
    const open = await this.#find(target.pid, before.filter((port) => isOpen || port === chosen || port === defaultPort));
    if (open !== null) return ok({ session: open, wasOpen: true, close: async () => { open.close(); return true; } });
    const key = `inspector ${target.pid}`;
    await this.#options.note(key, { kind: 'inspector', pid: target.pid, startTicks: target.startTicks });
    try {
      const found = await this.#open(target, before, chosen, signal);
      // One that may still open, when the process comes back from native code, stays noted: the next start looks for it.
      if (found.ok ? found.value.wasOpen : found.error.code !== 'action.no-inspector') await this.#options.settle(key);
      return found.ok && !found.value.wasOpen ? ok(this.#ours(target.pid, key, await this.#moved(target.pid, found.value.session, chosen))) : found;
    } catch (failed) {
      await this.#undo(target, before, key);
      throw failed;
    }
  }

  #ours(pid: number, key: string, session: CdpSession): Attached {
    return { session, wasOpen: false, close: async () => {
      const closed = await this.#close(pid, session);
      if (closed) await this.#options.settle(key);
      return closed;
    } };
  }

  /** Cancelled while it opened: what is open now that was not before is closed again. */
  async #undo({ pid }: AgentProcess, before: readonly number[], key: string): Promise<void> {
    const session = await this.#find(pid, (await listeningPorts(this.#options.proc, pid) ?? []).filter((port) => !before.includes(port)));
    if (session !== null && await this.#close(pid, session)) await this.#options.settle(key);
  }

  async #open(target: AgentProcess, before: readonly number[], chosen: number, signal: AbortSignal): Promise<Result<Attached>> {
    const { proc } = this.#options;
    let fresh: number[] = [];
    const opened = async (): Promise<boolean> => {
      fresh = (await listeningPorts(proc, target.pid) ?? []).filter((port) => !before.includes(port));
      return fresh.length > 0 || !await proc.isAlive(target.pid, target.startTicks);
    };
    // Another program may take the port between the look and the signal; then Node stays silent, and is asked once more.
    for (let attempt = 0; attempt < attempts && fresh.length === 0 && !signal.aborted; attempt++) {
      if (!await becomes(async () => !await this.#isTaken(target.pid, chosen), freeWithinMs, signal)) continue;
      throwIfAborted(signal);
      if (!await proc.isAlive(target.pid, target.startTicks)) return failure('action.no-process', `${nameOf(target)} has ended.`);
      process.kill(target.pid, 'SIGUSR1');
      await becomes(async () => await opened() || await this.#isTaken(target.pid, chosen), opensWithinMs, signal);
      if (fresh.length === 0 && !await this.#isTaken(target.pid, chosen)) break;
    }
    const session = await this.#find(target.pid, fresh);
    if (session !== null) return ok({ session, wasOpen: false, close: async () => true });
    throwIfAborted(signal);
    const elsewhere = await this.#find(target.pid, before);
    if (elsewhere !== null) return ok({ session: elsewhere, wasOpen: true, close: async () => { elsewhere.close(); return true; } });
    return this.#notOpened(target, chosen);
  }

  async #isTaken(pid: number, port: number): Promise<boolean> {
    const taken = port === 0 ? undefined : (await listeners(this.#options.proc, pid)).find((row) => row.port === port);
    return taken !== undefined && !(await socketInodes(this.#options.proc, pid))?.has(taken.inode);
  }

  async #notOpened(target: AgentProcess, port: number): Promise<Result<never>> {
    const holder = await this.#holder(target.pid, port);
    if (holder !== null) return failure('action.port-taken', `${nameOf(target)} did not open its inspector: its port ${port} is taken by ${holder}, and Node takes no other.`, `Free port ${port}, start the process with --inspect-port=0, or sample it with perf (means: perf).`);
    return failure('action.no-inspector', `${nameOf(target)} did not open its inspector within ${opensWithinMs / 1000} s.`, 'It may handle SIGUSR1 itself, or hang in native code. Sample it with perf (means: perf), or start it with --inspect-port=0.');
  }

  /** Who listens on a port of the target's network, if not the target itself. */
  async #holder(pid: number, port: number): Promise<string | null> {
    if (port === 0) return null;
    const { proc } = this.#options;
    const taken = (await listeners(proc, pid)).find((row) => row.port === port);
    if (taken === undefined) return null;
    for (const other of await proc.pids()) {
      if (other === pid || !(await socketInodes(proc, other))?.has(taken.inode)) continue;
      return `process ${other} (${(await proc.stat(other))?.comm ?? '?'})`;
    }
    return (await socketInodes(proc, pid))?.has(taken.inode) === true ? null : 'a process that Weir may not look into';
  }

  async #find(pid: number, ports: readonly number[]): Promise<CdpSession | null> {
    for (const port of ports) {
      const session = await inspectorAt(this.#options.proc, pid, port);
      if (session !== null) return session;
    }
    return null;
  }

  /** To a free port, when it sits on the one that others need; where that cannot be done it stays. */
  async #moved(pid: number, session: CdpSession, chosen: number): Promise<CdpSession> {
    if (chosen === 0 || !await session.evaluate<boolean>(move).catch(() => false)) return session;
    await resolvesWithin(session.closed, closesWithinMs);
    let found: CdpSession | null = null;
    await becomes(async () => {
      found = await this.#find(pid, (await listeningPorts(this.#options.proc, pid) ?? []).filter((port) => port !== chosen));
      return found !== null;
    }, closesWithinMs, AbortSignal.timeout(closesWithinMs * 2));
    if (found === null) throw new Error('the inspector was lost while it moved to a free port');
    session.close();
    return found;
  }

  async #close(pid: number, session: CdpSession): Promise<boolean> {
    const asked = await session.evaluate<boolean>(closeIt, busyMs).catch(() => false);
    const gone = asked && await resolvesWithin(session.closed, closesWithinMs);
    session.close();
    return gone || await this.#options.proc.stat(pid) === null;
  }
}

/** Its port as the command line or NODE_OPTIONS say, 9229 otherwise; and whether they open it from the start. */
async function inspectorOptions(proc: Proc, pid: number): Promise<{ readonly port: number; readonly isOpen: boolean }> {
  const words = zeroSeparated(await proc.text(pid, 'cmdline') ?? '');
  const options = zeroSeparated(await proc.text(pid, 'environ') ?? '').find((entry) => entry.startsWith('NODE_OPTIONS='))?.slice(13).split(' ') ?? [];
  const isOpen = [...options, ...words].some((word) => /^--inspect(-brk|-wait)?(=|$)/.test(word));
  const said = [...options, ...words].map((word) => /^--(?:inspect|debug)(?:-brk|-wait|-port)?=(?:.*:)?(\d+)$/.exec(word)?.[1]).findLast((port) => port !== undefined);
  return { port: said === undefined ? defaultPort : Number(said), isOpen };
}
