// How long until a heap snapshot is read, analysed and summed up in Node, and with how much memory: our model, DevTools' heap worker and
// memlab, in turns on the same file; medians. `npm run bench -- heap-model`; HEAP_MODEL=small leaves the large file out.
import { statSync } from 'node:fs';
import { bundleDevtools, hasMemlab, runProgram, snapshotOf, snapshotSizes, type Program, type ProgramRun } from './heap-programs.ts';
import { percentile } from './measured-tab.ts';
import { machine } from './openings.ts';

const runs = 5;
const median = (values: readonly number[]): number => percentile(values, 0.5);

function summary(done: readonly ProgramRun[], fileBytes: number): object {
  return { ms: Math.round(median(done.map(({ wallMs }) => wallMs))), cpuMs: Math.round(median(done.map(({ cpuMs }) => cpuMs))), peakTimesFile: Math.round(median(done.map(({ peakBytes }) => peakBytes)) / fileBytes * 100) / 100 };
}

/** How many times as long the other takes. */
const ratio = (other: readonly ProgramRun[], own: readonly ProgramRun[], field: 'wallMs' | 'cpuMs'): number => Math.round(median(other.map((run) => run[field])) / median(own.map((run) => run[field])) * 10) / 10;

function compare(count: number, programs: readonly Program[]): object {
  const path = snapshotOf(count);
  const fileBytes = statSync(path).size;
  const all = new Map<Program, ProgramRun[]>(programs.map((program) => [program, []]));
  for (let run = 0; run < runs; run++) for (const program of programs) all.get(program)!.push(runProgram(program, path));
  const own = all.get('ours')!;
  return {
    megabytes: Math.round(fileBytes / 1e6), nodes: own[0]!.nodes, sameTotal: all.get('devtools')![0]!.total === own[0]!.total, runs,
    ...Object.fromEntries([...all].map(([program, done]) => [program, summary(done, fileBytes)])),
    timesSooner: Object.fromEntries(programs.filter((program) => program !== 'ours').map((program) => [program, { wall: ratio(all.get(program)!, own, 'wallMs'), cpu: ratio(all.get(program)!, own, 'cpuMs') }])),
  };
}

await bundleDevtools();
const programs: readonly Program[] = hasMemlab ? ['ours', 'devtools', 'memlab'] : ['ours', 'devtools'];
const small = compare(snapshotSizes.small, programs);
const large = process.env['HEAP_MODEL'] === 'small' ? undefined : compare(snapshotSizes.large, programs);
console.log(JSON.stringify({ bench: 'heap-model', goal: { timesSooner: 3, peakTimesFile: 2 }, small, large, machine: machine() }));
