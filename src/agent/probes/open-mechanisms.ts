// Puts the mechanisms together, from the ports of a program (an agent, a terminal): what can be inserted, and how to look for where.
import type { Result } from '../../base/index.ts';
import type { ActionPolicy, Toolbox } from '../actions/index.ts';
import type { Proc } from '../processes/index.ts';
import { bpftraceMechanism, bpftraceTemplates } from './bpftrace/index.ts';
import type { MechanismTable } from './contract.ts';
import type { ProbeLooks } from './desk/index.ts';
import { openLogpoints } from './logpoint/index.ts';
import { removeKernelLeftovers, searchSymbols, uprobeMechanism, usdtMechanism } from './uprobe/index.ts';

export interface MechanismPorts {
  readonly toolbox: Toolbox;
  readonly proc: Proc;
  readonly policy: () => Promise<Result<ActionPolicy>>;
  readonly monotonicMs: () => number;
}

export interface Mechanisms {
  readonly table: MechanismTable;
  readonly looks: ProbeLooks;
  /** What Weirs that are gone left in the kernel without a note of it. */
  removeUnnoted(): Promise<void>;
}

const lookMs = 20_000;
const withinLook = (signal: AbortSignal): AbortSignal => AbortSignal.any([AbortSignal.timeout(lookMs), signal]);

export function openMechanisms({ toolbox, proc, policy, monotonicMs }: MechanismPorts): Mechanisms {
  const kernel = { tools: toolbox.tools, proc, mayMount: async () => { const read = await policy(); return read.ok && read.value.mountTracefs; } };
  const allowedPrograms = async (): Promise<Result<readonly string[]>> => { const read = await policy(); return read.ok ? { ok: true, value: read.value.bpftracePrograms } : read; };
  const logpoints = openLogpoints({ door: toolbox.door, proc, monotonicMs });
  return {
    table: { logpoint: logpoints.mechanism, uprobe: uprobeMechanism(kernel), usdt: usdtMechanism(kernel), bpftrace: bpftraceMechanism({ ...kernel, allowedPrograms }) },
    looks: {
      scripts: (process, signal) => logpoints.scripts(process, withinLook(signal)), source: (process, file, signal) => logpoints.source(process, file, withinLook(signal)),
      symbols: (process, binary, text, signal) => searchSymbols(kernel, { process, binary, text, signal: withinLook(signal) }), templates: bpftraceTemplates(),
    },
    async removeUnnoted() { await removeKernelLeftovers(kernel, new Set()); },
  };
}
