// A profile that Node really writes, held against the model of Chrome DevTools (npm chrome-devtools-frontend) sample by sample: its way
// from the root, its time, how long it stands. One thing differs on purpose: DevTools takes a lone "(program)" sample for the one
// before it; here it stays what the file says.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { none, type Profile } from '../../model.ts';
import { functionNamed } from '../../testing/draw-profile.ts';
import { linesOf } from '../../tree/lines-of.ts';
import { wholeProfile } from '../../tree/call-tree.ts';
import { readCpuProfile } from './read-cpuprofile.ts';

interface DevtoolsNode { readonly functionName: string; readonly callFrame: { readonly url: string; readonly lineNumber: number }; readonly parent: DevtoolsNode | null }
/** What is used of the model: times in milliseconds, one more than there are samples. */
interface DevtoolsModel { readonly timestamps: readonly number[]; nodeByIndex(sample: number): DevtoolsNode | null }
interface DevtoolsModule { readonly CPUProfileDataModel: new (profile: unknown) => DevtoolsModel }

vi.setConfig({ hookTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'weir-cpuprofile-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const program = `
const hanoi = (n) => (n === 0 ? 1 : hanoi(n - 1) + hanoi(n - 1));
function garbage() { let kept = []; for (let i = 0; i < 1e5; i++) kept.push({ i }); gc(); return kept.length; }
let sum = 0;
for (let round = 0; round < 12; round++) sum += hanoi(17) + garbage() + JSON.stringify(Array(9999).fill(round)).length;
setTimeout(() => {}, 20 + sum * 0);`;

async function recorded(): Promise<Uint8Array> {
  await promisify(execFile)(process.execPath, ['--expose-gc', '--cpu-prof', '--cpu-prof-interval', '250', `--cpu-prof-dir=${folder}`, '-e', program], { env: { PATH: process.env['PATH'] } });
  return readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.cpuprofile'))!));
}

async function oracle(): Promise<DevtoolsModule> {
  const input = join(import.meta.dirname, '../../../../node_modules/chrome-devtools-frontend/front_end/models/cpu_profile/CPUProfileDataModel.ts');
  await build({
    configFile: false, logLevel: 'silent', root: folder, publicDir: false, ssr: { noExternal: true },
    build: { ssr: true, outDir: join(folder, 'oracle'), minify: false, target: 'esnext', rolldownOptions: { input, preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: 'oracle.mjs', codeSplitting: false } } },
  });
  return await import(/* @vite-ignore */ pathToFileURL(join(folder, 'oracle/oracle.mjs')).href) as DevtoolsModule;
}

function pathIn({ stacks, frames, functions, strings }: Profile, leaf: number): string[] {
  const path: string[] = [];
  for (let stack = leaf; stack !== none; stack = stacks.parent[stack]!) {
    const fn = frames.function[stacks.frame[stack]!]!;
    path.push(`${strings[functions.name[fn]!]} ${functions.file[fn] === none ? '' : strings[functions.file[fn]!]} ${functions.line[fn]}`);
  }
  return path;
}

function pathOf(leaf: DevtoolsNode | null): string[] {
  const path: string[] = [];
  for (let node = leaf; node !== null && node.parent !== null; node = node.parent) path.push(`${node.functionName || '(anonymous)'} ${node.callFrame.url} ${node.callFrame.lineNumber + 1}`);
  return path;
}

describe('a profile of Node', () => {
  let profile: Profile;
  let theirs: DevtoolsModel;
  let startTime = 0;
  beforeAll(async () => {
    const [bytes, { CPUProfileDataModel }] = await Promise.all([recorded(), oracle()]);
    const result = readCpuProfile(bytes, 'real.cpuprofile');
    if (!result.ok) throw new Error(result.error.message);
    profile = result.value;
    const file = JSON.parse(Buffer.from(bytes).toString()) as { readonly startTime: number };
    startTime = file.startTime;
    theirs = new CPUProfileDataModel(file);
  });

  it('has the samples of DevTools, at the same times, as long', () => {
    const { samples } = profile;
    const { weights } = profile;
    expect(samples.count).toBeGreaterThan(100);
    const differing = [];
    // The last sample's time is a guess: theirs is the mean, ours the median up to the end.
    for (let row = 0; row + 1 < samples.count; row++) {
      const at = theirs.timestamps[row]! * 1e6 - startTime * 1e3;
      const lasts = (theirs.timestamps[row + 1]! - theirs.timestamps[row]!) * 1e6;
      const ours = pathIn(profile, samples.stack[row]!);
      const same = ours[0]?.startsWith('(program)') === true || ours.join('\n') === pathOf(theirs.nodeByIndex(row)).join('\n');
      // Their times are milliseconds as doubles: good to some nanoseconds.
      if (!same || Math.abs(at - samples.time![row]!) > 100 || Math.abs(lasts - weights[0]!.values![row]!) > 100) differing.push(row);
    }
    expect(differing).toEqual([]);
    // V8 itself writes negative deltas now and then.
    expect(profile.notes.filter((note) => !note.includes('sorted'))).toEqual([]);
  });

  it('knows the lines of a function, and what is V8 itself', () => {
    expect(linesOf(profile, wholeProfile, functionNamed(profile, 'hanoi')).rows.map(({ line }) => line)).toEqual([2]);
    expect(profile.strings[profile.functions.package[functionNamed(profile, '(garbage collector)')]!]).toBe('v8 gc');
  });
});
