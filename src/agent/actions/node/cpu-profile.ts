// A CPU sample of a Node process by V8's own profiler: `.cpuprofile`, as Chrome DevTools and the flame graphs of Weir read it.
import type { Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { fileStem, nameOf, seconds, type Run } from '../contract.ts';
import { type InspectorDoor, rawField, timed } from '../inspector/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';
import { whileAttached } from './attached.ts';
import { writeOut } from '../write-out.ts';

/** The profile is turned into JSON in the process itself; a busy one answers late. */
const stopWithinMs = 120_000;

export function nodeCpuProfile(door: InspectorDoor, process: AgentProcess, durationMs: number, hertz: number, run: Run): Promise<Result<void>> {
  return whileAttached(door, process, run, async ({ session }) => {
    await session.call('Profiler.enable');
    await session.call('Profiler.setSamplingInterval', { interval: Math.round(1_000_000 / hertz) });
    const fromUnixMs = run.nowUnixMs();
    const started = await timed(session, 'Profiler.start', {}, { timeoutMs: stopWithinMs });
    await lastFor(durationMs, run, `Sampling ${nameOf(process)} for ${seconds(durationMs)}`, 0, 0.95);
    throwIfAborted(run.signal);
    run.progress(0.95, 'Collecting the profile');
    const stopped = await timed(session, 'Profiler.stop', {}, { timeoutMs: stopWithinMs, mostBytes: run.maxBytes });
    const profile = rawField(stopped.answer, 'profile');
    const samples = countOf(profile, '"samples":[');
    run.figure('pauseMs', rounded(Math.max(started.pauseMs, stopped.pauseMs)));
    run.figure('samples', samples);
    run.figure('durationMs', durationMs);
    return writeOut(run, profile, {
      kind: 'cpu-profile', format: 'cpuprofile', name: `${fileStem(process)}.cpuprofile`, sensitive: false,
      summary: `CPU sample of ${nameOf(process)}, ${seconds(durationMs)}, ${samples} samples`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { samples, durationMs },
    });
  });
}

/** Numbers in a list of a JSON text, by its commas. */
export function countOf(json: Buffer, listStart: string): number {
  const from = json.indexOf(listStart);
  const to = from < 0 ? -1 : json.indexOf(']', from);
  if (to <= from + listStart.length) return 0;
  let commas = 0;
  for (let at = from; at < to; at++) if (json[at] === 0x2c) commas++;
  return commas + 1;
}

export const rounded = (ms: number): number => Math.round(ms * 10) / 10;
