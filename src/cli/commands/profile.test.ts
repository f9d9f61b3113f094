// `weir profile` as a person runs it, over files that the real tools have just written.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Function as PprofFunction, Line, Location, Profile as PprofProfile, Sample, StringTable, ValueType } from 'pprof-format';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CommandFailure } from '../failure.ts';
import { jsonLines, runWeir } from '../testing/run-weir.ts';
import { profileCommand, type ProfileOptions, type ProfileSummary } from './profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-profile-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
const path = (name: string): string => join(folder, name);
const written = (name: string, content: string | Uint8Array): string => { writeFileSync(path(name), content); return path(name); };
/** The command within this process: a start of the program for each file would take most of the tests' time. */
async function profile(file: string, options: Partial<ProfileOptions> = {}): Promise<{ readonly summary: ProfileSummary; readonly notes: string }> {
  const printed: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) => vi.spyOn(process[stream], 'write').mockImplementation((text) => { printed[stream] += String(text); return true; }));
  try {
    await profileCommand(file, { json: true, top: '20', ...options });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { summary: jsonLines<ProfileSummary>(printed.stdout)[0]!, notes: printed.stderr };
}
const named = ({ top }: ProfileSummary, name: string) => top.find((row) => row.name === name);

/** Works in `busyLoop` and keeps what `keepMany` allocates. */
const program = `
  function busyLoop(untilMs) { let sum = 0; while (performance.now() < untilMs) for (let i = 0; i < 1e5; i++) sum += Math.sqrt(i) % 7; return sum; }
  globalThis.kept = [];
  function keepMany(count) { for (let i = 0; i < count; i++) kept.push({ at: i, text: 'kept ' + i }); }
  keepMany(60000);
  busyLoop(performance.now() + 150);
  console.log(process.pid);
`;
const run = (command: string, args: readonly string[]) => spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', DEBUGINFOD_URLS: '' }, maxBuffer: 256 * 1024 * 1024 });

describe('files of node', () => {
  beforeAll(() => {
    written('program.cjs', program);
    const ran = run(process.execPath, ['--cpu-prof', '--cpu-prof-name=node.cpuprofile', '--heap-prof', '--heap-prof-interval=16384', '--heap-prof-name=node.heapprofile', 'program.cjs']);
    expect(ran.stderr).toBe('');
  });

  test('node --cpu-prof', async () => {
    const { code, stdout, stderr } = await runWeir(['profile', path('node.cpuprofile'), '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const summary = jsonLines<ProfileSummary>(stdout)[0]!;
    expect(summary).toMatchObject({ format: 'cpuprofile', unit: 'nanoseconds', threads: 1 });
    expect(named(summary, 'busyLoop')).toMatchObject({ file: expect.stringContaining('program.cjs'), line: 2 });
    expect(named(summary, 'busyLoop')!.self).toBeGreaterThan(50e6);
    expect(summary.total).toBeGreaterThanOrEqual(named(summary, 'busyLoop')!.self);
    expect(summary.samples).toBeGreaterThan(20);
  });

  test('node --heap-prof, and its total is what V8 wrote', async () => {
    const { summary } = await profile(path('node.heapprofile'), { top: '100' });
    interface Node { readonly selfSize: number; readonly children: readonly Node[] }
    const sum = (node: Node): number => node.children.reduce((all, child) => all + sum(child), node.selfSize);
    expect(summary).toMatchObject({ format: 'heapprofile', unit: 'bytes', total: sum((JSON.parse(readFileSync(path('node.heapprofile'), 'utf8')) as { head: Node }).head) });
    expect(named(summary, 'keepMany')).toMatchObject({ line: 4, file: expect.stringContaining('program.cjs') });
  });

  test('exports: pprof, folded and speedscope say the same as the original', async () => {
    const { summary: original } = await profile(path('node.cpuprofile'), { top: '1000' });
    for (const [format, name] of [['pprof', 'out.pb.gz'], ['folded', 'out.folded'], ['speedscope', 'out.json']] as const) {
      expect((await profile(path('node.cpuprofile'), { export: format, out: path(name) })).summary).toBe(undefined);
      const { summary } = await profile(path(name), { top: '1000' });
      // Folded stacks know no files, so functions of one name are one there: this name stands for one function.
      expect(Math.abs(named(summary, 'busyLoop')!.self - named(original, 'busyLoop')!.self)).toBeLessThan(100_000);
      expect(Math.abs(summary.total - original.total)).toBeLessThan(1_000_000);
    }
    expect(PprofProfile.decode(gunzipSync(readFileSync(path('out.pb.gz')))).sample.length).toBeGreaterThan(0);
  });
});

const perfRuns = run('perf', ['record', '-q', '-e', 'cpu-clock:u', '-o', path('probe.data'), '--', 'true']).status === 0;

describe.skipIf(!perfRuns)(`perf record and perf script${perfRuns ? '' : ': perf is missing here, or may not sample'}`, () => {
  test('a Node process with named JavaScript frames, in two layouts', async () => {
    written('program.cjs', program);
    const recorded = run('perf', ['record', '-q', '-F', '499', '-g', '-e', 'cpu-clock:u', '-o', 'perf.data', '--', process.execPath, '--perf-basic-prof', '--interpreted-frames-native-stack', 'program.cjs']);
    expect(recorded.status).toBe(0);
    // perf looks for the names of JavaScript functions there, and nowhere else.
    onTestFinished(() => { rmSync(`/tmp/perf-${recorded.stdout.trim()}.map`, { force: true }); });
    for (const fields of [[], ['-F', 'comm,pid,tid,time,period,event,ip,sym,dso'], ['-F', 'comm,pid,tid,time,event,ip,sym,dso']]) {
      const text = run('perf', ['script', '--no-inline', ...fields, '-i', 'perf.data']).stdout;
      const samples = text.split('\n').filter((line) => /^\S.*\d+\.\d+:/.test(line)).length;
      const { summary } = await profile(written('perf.txt', text));
      expect(summary).toMatchObject({ format: 'perf-script', samples, unit: fields[1]?.includes('period') === false ? 'count' : 'nanoseconds' });
      expect(named(summary, 'busyLoop')).toMatchObject({ file: expect.stringContaining('program.cjs'), line: 2 });
      expect(named(summary, 'busyLoop')!.total / summary.total).toBeGreaterThan(0.2);
    }
  });
});

/** Two sample types, gzipped, by the npm library. */
function pprofOfLibrary(): Uint8Array {
  const stringTable = new StringTable();
  const word = (text: string) => stringTable.dedup(text);
  return gzipSync(new PprofProfile({
    sampleType: [new ValueType({ type: word('objects'), unit: word('count') }), new ValueType({ type: word('space'), unit: word('bytes') })],
    sample: [new Sample({ locationId: [1], value: [3, 300] }), new Sample({ locationId: [2, 1], value: [10, 20] })],
    location: [1, 2].map((id) => new Location({ id, line: [new Line({ functionId: id, line: id * 10 })] })),
    function: [new PprofFunction({ id: 1, name: word('main'), filename: word('main.go'), startLine: 4 }), new PprofFunction({ id: 2, name: word('load') })],
    stringTable,
  }).encode());
}

test('pprof of the npm library: the last type first, another by name', async () => {
  const file = written('lib.pb.gz', pprofOfLibrary());
  expect((await profile(file)).summary).toEqual({ format: 'pprof', samples: 2, total: 320, unit: 'bytes', threads: 1, top: [{ name: 'main', file: 'main.go', line: 4, self: 300, total: 320 }, { name: 'load', file: null, line: null, self: 20, total: 20 }] });
  expect((await profile(file, { weight: 'objects', top: '1' })).summary).toMatchObject({ total: 13, unit: 'count', top: [{ name: 'load', self: 10, total: 10 }] });
});

test('several profiles: the one with most samples, the others told of, or the one asked for', async () => {
  const one = (name: string, count: number) => ({ type: 'sampled', name, unit: 'none', startValue: 0, endValue: count, samples: Array.from({ length: count }, () => [0]), weights: Array.from({ length: count }, () => 1) });
  const file = written('two.json', JSON.stringify({ shared: { frames: [{ name: 'f' }] }, profiles: [one('small', 2), one('large', 5)] }));
  const { summary, notes } = await profile(file);
  expect([summary.samples, notes]).toEqual([5, 'weir: note: the file holds 2 profiles; this is number 2, "two.json (2) · large", which has most samples. --profile N chooses another.\n']);
  expect((await profile(file, { profile: '1' })).summary.samples).toBe(2);
});

test('a table for people, from standard input', async () => {
  const { code, stdout, stderr } = await runWeir(['profile', '-'], { input: 'main;work 75\nmain 25\n' });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe('standard input: folded, 100 samples, samples 100, 1 thread\n\nself          total           function  where\n  75  75.0 %     75   75.0 %  work\n  25  25.0 %    100  100.0 %  main\n');
});

test('a mistake is told on stderr, with exit code 2', async () => {
  const { code, stdout, stderr } = await runWeir(['profile', path('none.pb')]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^weir: Cannot read .*none\.pb: there is no such file\.\n {6}Check the path/);
});

describe('refused, and why', () => {
  const bomb = (): Uint8Array => {
    const zeros = gzipSync(new Uint8Array(32 * 1024 * 1024), { level: 1 });
    return Buffer.concat(Array.from({ length: 12 }, () => zeros));
  };
  const folded = 'a;b 1\n';
  test.each<readonly [string, Partial<ProfileOptions>, string | (() => Uint8Array), RegExp]>([
    ['a.txt', {}, 'hello there\n', /^a\.txt is no profile that Weir knows: it begins with "hello there"\. Known formats: .*pprof.*OTLP/],
    ['cut.pb.gz', {}, () => gzipSync(gunzipSync(pprofOfLibrary()).subarray(0, 60)), /^cut\.pb\.gz looks like a pprof profile, but the file ends at byte 60, .* Copy or record the file again/],
    ['cut.gz', {}, () => pprofOfLibrary().subarray(0, 60), /^cut\.gz is gzip, but cannot be unzipped: it ends at byte 60, before its packed data does/],
    ['bomb.gz', {}, bomb, /it unpacks to more than 256 MB, which \d+ bytes of a profile do not/],
    ['a.folded', { weight: 'cpu' }, folded, /^--weight cpu: the profile has no such weight\. It has samples\.$/],
    ['a.folded', { profile: '2' }, folded, /^--profile 2: the file holds 1\./],
    ['a.folded', { top: '0' }, folded, /^--top 0: a whole number from 1 on is needed/],
    ['a.folded', { export: 'pprof' }, folded, /^--export needs --out/],
    ['a.folded', { export: 'folded', out: join(folder, 'no', 'where') }, folded, /^Cannot write .*where: ENOENT/],
  ])('%s %j', async (name, options, content, message) => {
    const file = written(name, typeof content === 'string' ? content : content());
    const refused = await profile(file, options).then(() => null, (failed: unknown) => failed);
    expect(refused).toBeInstanceOf(CommandFailure);
    const { failure } = refused as CommandFailure;
    expect(`${failure.message} ${failure.help}`).toMatch(message);
  });
});

test('weights are the file\'s own, self times add up to the total, and what is a gap is said beside', async () => {
  const nodes = ['(root)', 'busy', 'blink'].map((functionName, at) => ({ id: at + 1, callFrame: { functionName, url: '', lineNumber: -1, columnNumber: -1, scriptId: '0' }, ...(at === 0 && { children: [2, 3] }) }));
  const timeDeltas = Array.from({ length: 101 }, (_, row) => (row === 0 ? 0 : row === 51 ? 900_000 : 1000));
  const file = written('stood-still.cpuprofile', JSON.stringify({ nodes, startTime: 0, endTime: 999_000, samples: timeDeltas.map((_, row) => (row === 50 ? 3 : 2)), timeDeltas }));
  const { summary } = await profile(file);
  expect(summary).toMatchObject({ gaps: 1, notSampled: 899e6, top: [{ name: 'blink', self: 900e6, notSampled: 899e6 }, { name: 'busy' }] });
  expect(summary.top.reduce((sum, { self }) => sum + self, 0)).toBeCloseTo(summary.total, -1);
  const { stdout } = await runWeir(['profile', file]);
  expect(stdout.split('\n')[0]).toMatch(/; 899 ms that nobody sampled, in 1 gap, counted to the sample before it$/);
  expect(stdout).toMatch(/ blink \(mostly gaps\)$/m);
});
