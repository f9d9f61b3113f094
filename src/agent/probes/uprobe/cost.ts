// What a hit is expected to cost the process, and what that means for its risk. Each hit is a trap into the kernel and back; values and
// filters hardly count, a return little. In a virtual machine a trap costs several times as much: uprobe.bench.ts measured 9.8 µs on entry, 11 µs
// with the return.
import type { ProbePreview } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { Reading } from './arguments.ts';

const [onMetal, inVm] = [{ entry: 2, withReturn: 3 }, { entry: 10, withReturn: 12 }];

/** Of one call of the function, entry and return together. */
export async function expectedMicroseconds(proc: Proc, readings: readonly Pick<Reading, 'role'>[]): Promise<number> {
  const isVirtual = /^flags\s*:.*\bhypervisor\b/m.test(await proc.machine('cpuinfo') ?? '');
  return (isVirtual ? inVm : onMetal)[readings.some(({ role }) => role === 'return') ? 'withReturn' : 'entry'];
}

const costWords = (microseconds: number): string => `Each call of the function costs about ${microseconds} µs more, in every process that runs this file while the probe is in, also where process or filter leave it out: the kernel decides after the trap.`;

export function riskOf(readings: readonly Reading[], microseconds: number, hasProcess: boolean, willMount: boolean): ProbePreview['risk'] {
  const returns = readings.some(({ role }) => role === 'return');
  const reads = readings.flatMap(({ fetches }) => fetches);
  const texts = reads.filter(({ type }) => type.endsWith('string'));
  const reasons = [costWords(microseconds), 'Should Weir be killed, the kernel keeps the probe, and its cost, until an agent or a weir probe is started here again: that one takes it out.'];
  if (returns) reasons.push('A probe on return changes the return address while the function runs: programs that inspect their own stack (some profilers, coroutines that move stacks) may not bear it.');
  if (texts.length > 0) reasons.push(`Reads text from the memory of the process: ${texts.map(({ name }) => name).join(', ')}. It goes through redaction like any record.`);
  if (!hasProcess) reasons.push('No process is chosen: hits of every process of this machine that runs the file are told.');
  if (willMount) reasons.push('tracefs is not mounted: it will be mounted at /sys/kernel/tracing, its usual place, and stays; only root sees it.');
  return { reliability: returns ? 2 : 1, performance: hasProcess ? 2 : 3, privacy: texts.length > 0 ? 3 : reads.length > 0 ? 2 : 0, cost: 1, complexity: 1, reasons };
}
