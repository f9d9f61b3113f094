// What this process may do to others, and the words for what it may not: which right is missing and how to get it.
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import { nameOf, problem, type Problem } from '../contract.ts';

/** Bit numbers of capabilities(7). */
const capabilities = { CAP_KILL: 5, CAP_NET_ADMIN: 12, CAP_NET_RAW: 13, CAP_SYS_PTRACE: 19, CAP_SYS_ADMIN: 21, CAP_PERFMON: 38 } as const;
type Capability = keyof typeof capabilities;

export class Rights {
  readonly #proc: Proc;
  constructor(proc: Proc) { this.#proc = proc; }

  async has(capability: Capability): Promise<boolean> {
    const effective = (await this.#proc.status('self'))?.get('CapEff');
    return effective !== undefined && (BigInt(`0x${effective}`) >> BigInt(capabilities[capability]) & 1n) === 1n;
  }

  async isSameUser(pid: number): Promise<boolean> {
    const uid = (await this.#proc.status(pid))?.get('Uid')?.split('\t')[0];
    return uid !== undefined && Number(uid) === process.getuid?.();
  }

  /** A signal may be sent to a process of the same user. */
  async cannotSignal(target: AgentProcess): Promise<Problem | null> {
    if (await this.isSameUser(target.pid) || await this.has('CAP_KILL')) return null;
    return problem('action.no-permission', `${nameOf(target)} belongs to user ${target.user}; Weir runs as another user and may not send it a signal.`, `Run Weir as ${target.user} or as root, or give it CAP_KILL and CAP_SYS_PTRACE.`);
  }

  /** ptrace(2), and what /proc asks of it: the same user, or CAP_SYS_PTRACE; the Yama module may narrow it to children. */
  async cannotTrace(target: AgentProcess): Promise<Problem | null> {
    if (await this.has('CAP_SYS_PTRACE')) return null;
    if (!await this.isSameUser(target.pid)) return problem('action.no-permission', `${nameOf(target)} belongs to user ${target.user}; Weir runs as another user without CAP_SYS_PTRACE.`, `Run Weir as ${target.user} or as root, or give it CAP_SYS_PTRACE.`);
    const scope = Number(await this.#proc.machine('sys/kernel/yama/ptrace_scope') ?? 0);
    if (scope === 0) return null;
    return problem('action.no-permission', `kernel.yama.ptrace_scope is ${scope}: a process may only be traced by its parent${scope > 1 ? ' with CAP_SYS_PTRACE' : ''}.`, 'Give Weir CAP_SYS_PTRACE, or set it for this machine: sysctl kernel.yama.ptrace_scope=0.');
  }

  /** perf_event_open(2): up to 2, one's own processes may be sampled in user space; Debian's 3 forbids all of it. */
  async cannotSample(target: AgentProcess): Promise<Problem | null> {
    if (await this.has('CAP_PERFMON') || await this.has('CAP_SYS_ADMIN')) return null;
    const level = Number(await this.#proc.machine('sys/kernel/perf_event_paranoid') ?? 2);
    if (level > 2) return problem('action.no-permission', `kernel.perf_event_paranoid is ${level}: sampling needs CAP_PERFMON.`, 'Give Weir CAP_PERFMON, run it as root, or set it for this machine: sysctl kernel.perf_event_paranoid=2.');
    if (await this.isSameUser(target.pid)) return null;
    return problem('action.no-permission', `${nameOf(target)} belongs to user ${target.user}; sampling another user's process needs CAP_PERFMON.`, `Give Weir CAP_PERFMON, or run it as ${target.user} or as root.`);
  }

  async cannotCapture(): Promise<Problem | null> {
    if (await this.has('CAP_NET_RAW')) return null;
    return problem('action.no-permission', 'Capturing packets needs CAP_NET_RAW, which Weir does not have.', 'Run Weir as root or give it the right: setcap cap_net_raw,cap_net_admin=eip $(which tcpdump) lets tcpdump alone do it; then use --force.', true);
  }
}

export const present = <T>(...values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);
