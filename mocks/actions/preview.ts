// What the mock agent says an action would cost.
import type { ActionName, ActionPreview, AgentProcess } from '../../src/model/index.ts';

const MiB = 2 ** 20;
type Cost = Pick<ActionPreview, 'means' | 'pauseMs' | 'memoryBytes' | 'diskBytes'> & { readonly level: ActionPreview['risk']['level']; readonly reason: string; readonly sensitive?: boolean };

const harmless = (means: string): Cost => ({ means, pauseMs: 0, memoryBytes: 0, diskBytes: 64 * 1024, level: 'low', reason: 'It only reads.' });

function costOf(action: ActionName, process: AgentProcess | null): Cost {
  const rss = process?.rssBytes ?? 0;
  const node = process?.runtime === 'node';
  if (action === 'cpu-sample') return { means: node ? 'V8 inspector' : 'perf record, frame pointers', pauseMs: node ? 235 : 0, memoryBytes: 8 * MiB, diskBytes: 2 * MiB, level: 'low', reason: node ? 'Starting the profiler stalls the event loop for up to 240 ms.' : 'The kernel takes samples; the process is not stopped.' };
  if (action === 'heap-sample') return { means: 'V8 sampling heap profiler', pauseMs: 10, memoryBytes: 4 * MiB, diskBytes: MiB, level: 'low', reason: 'It is nearly free.' };
  if (action === 'memory-dump') return { means: node ? 'V8 inspector' : 'gcore', pauseMs: node ? Math.round(rss / MiB * 40) : Math.round(rss / MiB * 4), memoryBytes: node ? rss * 4 : 0, diskBytes: rss, level: 'high', reason: 'The process stands still while its memory is written.', sensitive: true };
  if (action === 'packet-capture') return { means: 'tcpdump', pauseMs: 0, memoryBytes: 4 * MiB, diskBytes: 16 * MiB, level: 'medium', reason: 'Packets hold what no detector can mask.', sensitive: true };
  return harmless(action === 'verbose-logs' ? 'a valve in the agent' : action.endsWith('-recorder') ? 'the flight recorders of the agent' : '/proc');
}

export function mockPreview(action: ActionName, parameters: Readonly<Record<string, unknown>>, process: AgentProcess | null): ActionPreview {
  const { level, reason, sensitive = false, ...cost } = costOf(action, process);
  const durationMs = typeof parameters['durationMs'] === 'number' ? parameters['durationMs'] : action === 'cpu-sample' || action === 'packet-capture' ? 10_000 : null;
  const long = (cost.pauseMs ?? 0) > 5000 ? [{ code: 'action.headroom', message: `It would stop ${process?.service ?? 'the process'} for about ${((cost.pauseMs ?? 0) / 1000).toFixed(1)} s.`, help: 'Take a heap sample first: it tells who allocates, and stops nothing.', canForce: true }] : [];
  const tool = process?.runtime === 'jvm' && action === 'memory-dump' ? [{ code: 'action.missing-tool', message: 'jcmd is not installed, or not on the PATH of Weir; a dump of a JVM needs it.', help: 'jcmd comes with a JDK, not with a JRE: apt-get install openjdk-17-jdk-headless.', canForce: false }] : [];
  return {
    process: process === null ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service }, ...cost, pauseMostMs: cost.pauseMs === null ? null : cost.pauseMs * 5, durationMs, headroom: { memoryBytes: 1400 * MiB, diskBytes: 18_000 * MiB },
    risk: { level, reasons: [reason] }, sensitive, problems: [...tool, ...long], limits: { usedInWindow: 1, ofWindow: action === 'memory-dump' ? 2 : 6, windowMs: 3_600_000, cooldownMs: 30_000 },
  };
}
