// Logpoints on this machine, for tests and benches: a door, what it and the probes noted as left, and a place for hits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { ok } from '../../../../base/index.ts';
import { logpointSpec, type ActionProblem, type AgentProcess, type ProbeEnd } from '../../../../model/index.ts';
import { InspectorDoor, InspectorShares } from '../../../actions/inspector/index.ts';
import { ActionBook, BookLock } from '../../../actions/limits/index.ts';
import { Rights } from '../../../actions/tools/index.ts';
import { directoryFiles } from '../../../ports/index.ts';
import { Proc } from '../../../processes/index.ts';
import type { Hit, HitSink, Leftover } from '../../contract.ts';
import { openLogpoints } from '../index.ts';

export interface Seen { readonly hits: Hit[]; lost: number; costMs: number; passes: number; end: ProbeEnd | null; why: ActionProblem | null }

/** `folder`: where what is left is noted; that of an agent before. */
export async function logpointsHere(folder?: string) {
  const [proc, left] = [new Proc(), new Map<string, Leftover>()];
  const noted = folder ?? ownFolder();
  const owner = { pid: process.pid, startTicks: (await proc.stat('self'))?.startTicks ?? 0 };
  const lock = new BookLock(join(noted, 'actions.lock'), owner, proc);
  const book = new ActionBook({ files: directoryFiles(noted), owner, lock: (work) => lock.hold(work) });
  const door = new InspectorDoor({ proc, rights: new Rights(proc), shares: new InspectorShares({ book, owner, proc }) });
  const logpoints = openLogpoints({ door, proc, monotonicMs: () => performance.now() });
  return {
    ...logpoints, proc, door, left, folder: noted,
    insert: async (target: AgentProcess, spec: z.input<typeof logpointSpec>, key = 'k1', seen = nothingSeen()) => {
      const inserted = await logpoints.mechanism.insert({ key, spec: logpointSpec.parse(spec), process: target, signal: AbortSignal.timeout(60_000) }, sinkOf(seen), async (each) => { left.set(key, each); return ok(undefined); });
      return { seen, inserted };
    },
    preview: (process: AgentProcess, spec: z.input<typeof logpointSpec>) => logpoints.mechanism.preview({ spec: logpointSpec.parse(spec), process, signal: AbortSignal.timeout(60_000) }),
  };
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-logpoint-'));
  process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

export const nothingSeen = (): Seen => ({ hits: [], lost: 0, costMs: 0, passes: 0, end: null, why: null });

const sinkOf = (seen: Seen): HitSink => ({
  take: (hits, costMs = 0) => { seen.hits.push(...hits); seen.costMs += costMs; if (hits.length === 0) seen.passes++; },
  lost: (count) => { seen.lost += count; }, ended: (end, why) => { seen.end = end; seen.why = why; },
});

export async function agentProcess(pid: number): Promise<AgentProcess> {
  const stat = await new Proc().stat(pid);
  return { pid, startTicks: stat?.startTicks ?? 0, parentPid: 0, name: 'target', command: '', runtime: 'node', runtimeVersion: null, user: '', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false };
}
