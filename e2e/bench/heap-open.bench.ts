// From a heap snapshot that is dropped on the heap view to its suspects and summary, in Chromium on the real `weir up`: 0.9 M and 6.2 M
// nodes. Beside it the heap worker of Chrome DevTools in a bare page of the same Chromium, and memlab (in Node) when it is installed, in
// turns on the same files. One JSON line for each file. `npm run bench -- heap-open`; HEAP_OPEN=small leaves the large file out.
import { statSync } from 'node:fs';
import { startBuilt } from './built-console.ts';
import { devtoolsPage } from './devtools-page.ts';
import { hasMemlab, runProgram, snapshotOf, snapshotSizes } from './heap-programs.ts';
import { openInTab, percentile, type Opening, type Subject } from './measured-tab.ts';
import { machine, summary, timesOurs } from './openings.ts';
import { serveFolder } from './serve-folder.ts';

const runs = Number(process.env['HEAP_OPEN_RUNS'] ?? 5);
const withinMs = 300_000;
const goal = { timesSooner: 3, longestTaskMs: 50, peakTimesFile: 2 };

/** Suspects are named, or it is said that there are none; and constructors are listed. */
const shown = '() => document.querySelector(".heap-suspects") !== null && !/looking for them/.test(document.querySelector(".heap-suspects").textContent) && document.querySelectorAll(".heap [role=treegrid] [role=row]").length > 3';
const ours = (url: string): Subject => ({ url, idle: 'main button', shows: shown, withinMs });
const devtools = (origin: string): Subject => ({ url: `${origin}/index.html`, idle: 'main', shows: '() => document.title === "summary"', withinMs });

/** The same figures where there is no page. */
function memlabSummary(path: string, times: number): Record<string, unknown> {
  const done = Array.from({ length: times }, () => runProgram('memlab', path));
  const of = (figure: (run: (typeof done)[number]) => number): number => Math.round(percentile(done.map(figure), 0.5));
  return { runs: times, ms: of(({ wallMs }) => wallMs), cpuMs: of(({ cpuMs }) => cpuMs), peakMb: of(({ peakBytes }) => peakBytes / 1e6) };
}

async function compare(count: number, times: number, own: Subject, theirs: Subject): Promise<void> {
  const path = snapshotOf(count);
  const megabytes = statSync(path).size / 1e6;
  const [ownRuns, theirRuns]: [(Opening | string)[], (Opening | string)[]] = [[], []];
  for (let run = 0; run < times; run++) {
    ownRuns.push(await openInTab(own, path));
    theirRuns.push(await openInTab(theirs, path));
  }
  const [weir, other, memlab] = [summary(ownRuns), summary(theirRuns), hasMemlab ? memlabSummary(path, times) : 'not installed'];
  const peakTimesFile = typeof weir['peakMb'] === 'number' ? Math.round(weir['peakMb'] / megabytes * 100) / 100 : null;
  const timesOf = { devtools: timesOurs(weir, other), ...(typeof memlab === 'object' && { memlab: timesOurs(weir, memlab) }) };
  console.log(JSON.stringify({ bench: 'heap-open', megabytes: Math.round(megabytes), goal, weir: { ...weir, peakTimesFile }, devtools: other, memlab, timesOurs: timesOf, machine: machine() }));
}

const stack = await startBuilt();
const page = await serveFolder(await devtoolsPage());
try {
  const subjects = [ours(stack.url.replace(stack.origin, `${stack.origin}/dumps/heap`)), devtools(page.origin)] as const;
  await compare(snapshotSizes.small, runs, ...subjects);
  if (process.env['HEAP_OPEN'] !== 'small') await compare(snapshotSizes.large, Math.min(runs, 3), ...subjects);
} finally {
  page.close();
  await stack.stop();
}
