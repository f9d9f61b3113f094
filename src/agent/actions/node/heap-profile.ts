// Where a Node process allocates, by V8's sampling heap profiler: `.heapprofile`. Nearly free, and offered before a full dump.
import type { Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { fileStem, nameOf, seconds, type Run } from '../contract.ts';
import { type InspectorDoor, rawField, timed } from '../inspector/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';
import { whileAttached } from './attached.ts';
import { rounded } from './cpu-profile.ts';
import { writeOut } from '../write-out.ts';

const stopWithinMs = 60_000;

export function nodeHeapProfile(door: InspectorDoor, process: AgentProcess, durationMs: number, intervalBytes: number, run: Run): Promise<Result<void>> {
  return whileAttached(door, process, run, async ({ session }) => {
    const fromUnixMs = run.nowUnixMs();
    // With those that are gone again: the question is who allocates, not only what stays.
    const started = await timed(session, 'HeapProfiler.startSampling', { samplingInterval: intervalBytes, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true }, { timeoutMs: stopWithinMs });
    await lastFor(durationMs, run, `Sampling allocations of ${nameOf(process)} for ${seconds(durationMs)}`, 0, 0.95);
    throwIfAborted(run.signal);
    const stopped = await timed(session, 'HeapProfiler.stopSampling', {}, { timeoutMs: stopWithinMs, mostBytes: run.maxBytes });
    run.figure('pauseMs', rounded(Math.max(started.pauseMs, stopped.pauseMs)));
    run.figure('durationMs', durationMs);
    return writeOut(run, rawField(stopped.answer, 'profile'), {
      kind: 'heap-profile', format: 'heapprofile', name: `${fileStem(process)}.heapprofile`, sensitive: false,
      summary: `Allocations of ${nameOf(process)}, ${seconds(durationMs)}`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { durationMs },
    });
  }, { alone: 'heap sample' });
}
