// From a .cpuprofile that is dropped on the Profiles view to its first graph, in Chromium on the real `weir up`: the three files of the
// goals. Beside it speedscope, when it is installed (`npm i --no-save speedscope`, or SPEEDSCOPE names the package's folder), in turns,
// on the same files in the same Chromium. One JSON line for each file. `npm run bench -- profile-open`; PROFILE_OPEN_RUNS (default 5).
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeCpuProfile, largeProfiles } from '../../src/profiles/testing/large-cpu-profile.ts';
import { startBuilt } from './built-console.ts';
import { openInTab, type Opening, type Subject } from './measured-tab.ts';
import { machine, summary, timesOurs } from './openings.ts';
import { serveFolder } from './serve-folder.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(tmpdir(), 'weir-profile-open');
const speedscope = process.env['SPEEDSCOPE'] ?? join(root, 'node_modules/speedscope');
const runs = Number(process.env['PROFILE_OPEN_RUNS'] ?? 5);

interface Case { readonly file: keyof typeof largeProfiles; readonly runs: number; readonly theirRuns: number; readonly goal: { readonly ms: number; readonly longestTaskMs: number; readonly peakMb?: number } }
const cases: readonly Case[] = [
  { file: '75 MB', runs, theirRuns: runs, goal: { ms: 1500, longestTaskMs: 50 } },
  { file: '1 M samples', runs, theirRuns: Math.min(runs, 3), goal: { ms: 2500, longestTaskMs: 50 } },
  { file: '6 M samples', runs: Math.min(runs, 3), theirRuns: 1, goal: { ms: 5000, longestTaskMs: 50, peakMb: 500 } },
];

const ours = (url: string): Subject => ({ url, idle: '.prof-drop', shows: '() => (document.querySelector(".flame canvas")?.width ?? 0) > 0', withinMs: 120_000 });
const theirs = (origin: string): Subject => ({ url: `${origin}/index.html`, idle: 'body > div', shows: '() => document.title.endsWith(" - speedscope")', withinMs: 300_000 });

/** Made once and kept: tens of megabytes take a while to write. */
function fileOf(name: keyof typeof largeProfiles): string {
  const path = join(folder, `${name.replaceAll(' ', '-')}.cpuprofile`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.part`, largeCpuProfile(largeProfiles[name]));
  renameSync(`${path}.part`, path);
  return path;
}

async function compare({ file, goal, ...counts }: Case, own: Subject, other: Subject | null): Promise<void> {
  const path = fileOf(file);
  const [ownRuns, otherRuns]: (Opening | string)[][] = [[], []];
  for (let run = 0; run < counts.runs; run++) {
    ownRuns!.push(await openInTab(own, path));
    if (other !== null && run < counts.theirRuns) otherRuns!.push(await openInTab(other, path));
  }
  const [weir, rival] = [summary(ownRuns!), other === null ? null : summary(otherRuns!)];
  console.log(JSON.stringify({ bench: 'profile-open', file, ...largeProfiles[file], goal, weir, ...(rival === null ? { speedscope: 'not installed' } : { speedscope: rival, timesOurs: timesOurs(weir, rival) }), machine: machine() }));
}

const stack = await startBuilt();
const page = existsSync(join(speedscope, 'dist/release/index.html')) ? await serveFolder(join(speedscope, 'dist/release')) : null;
try {
  const own = ours(stack.url.replace(stack.origin, `${stack.origin}/profiles`));
  for (const one of cases) await compare(one, own, page === null ? null : theirs(page.origin));
} finally {
  page?.close();
  await stack.stop();
}
