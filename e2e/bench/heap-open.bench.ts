// From a heap snapshot that is dropped on the heap view to its summary (`ms`), and to its suspects too (`allMs`), in Chromium on the real
// `weir up`: 0.9 M and 7.2 M nodes, files of 66 and 510 MB. Beside it the heap worker of Chrome DevTools, and memlab when it is installed, both in Node and without a page, in turns on the
// same files. One JSON line for each file. `npm run bench -- heap-open`; HEAP_OPEN=small leaves the large file out, HEAP_OPEN_RUNS (5).
import { statSync } from 'node:fs';
import { startBuilt } from './built-console.ts';
import { bundleDevtools, hasMemlab, runProgram, snapshotOf, snapshotSizes, type Program, type ProgramRun } from './heap-programs.ts';
import { openInTab, percentile, type Opening, type Subject } from './measured-tab.ts';
import { machine, summary, timesOurs } from './openings.ts';

const runs = Number(process.env['HEAP_OPEN_RUNS'] ?? 5);
const goal = { timesSooner: 3, longestTaskMs: 50, peakTimesFile: 2 };
const rivals: readonly Program[] = hasMemlab ? ['devtools', 'memlab'] : ['devtools'];

/** Constructors are listed with what they retain: what DevTools' worker has computed when it is done. */
const shown = '() => document.querySelectorAll(".heap [role=treegrid] [role=row]").length > 3';
/** Suspects, which DevTools does not look for, are named, or it is said that there are none. */
const later = '() => document.querySelector(".heap-suspects") !== null && !/looking for them/.test(document.querySelector(".heap-suspects").textContent)';
const ours = (url: string): Subject => ({ url, idle: 'main button', shows: shown, showsLater: later, withinMs: 300_000 });

/** The figures that there are without a page. */
function nodeSummary(done: readonly ProgramRun[]): Record<string, unknown> {
  const of = (figure: (run: ProgramRun) => number): number => Math.round(percentile(done.map(figure), 0.5));
  return { runs: done.length, ms: of(({ wallMs }) => wallMs), cpuMs: of(({ cpuMs }) => cpuMs), peakMb: of(({ peakBytes }) => peakBytes / 1e6) };
}

async function compare(count: number, times: number, own: Subject): Promise<void> {
  const path = snapshotOf(count);
  const megabytes = statSync(path).size / 1e6;
  const openings: (Opening | string)[] = [];
  const others = new Map<Program, ProgramRun[]>(rivals.map((program) => [program, []]));
  for (let run = 0; run < times; run++) {
    openings.push(await openInTab(own, path));
    for (const [program, done] of others) done.push(runProgram(program, path));
  }
  const weir = summary(openings);
  const theirs = [...others].map(([program, done]) => [program, nodeSummary(done)] as const);
  const peakTimesFile = typeof weir['peakMb'] === 'number' ? Math.round(weir['peakMb'] / megabytes * 100) / 100 : null;
  console.log(JSON.stringify({ bench: 'heap-open', megabytes: Math.round(megabytes), goal, weir: { ...weir, peakTimesFile }, memlab: 'not installed', ...Object.fromEntries(theirs), timesOurs: Object.fromEntries(theirs.map(([program, figures]) => [program, timesOurs(weir, figures)])), machine: machine() }));
}

await bundleDevtools();
const stack = await startBuilt();
try {
  const own = ours(stack.url.replace(stack.origin, `${stack.origin}/dumps/heap`));
  await compare(snapshotSizes.small, runs, own);
  if (process.env['HEAP_OPEN'] !== 'small') await compare(snapshotSizes.large, Math.min(runs, 3), own);
} finally {
  await stack.stop();
}
