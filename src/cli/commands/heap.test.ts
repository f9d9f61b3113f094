// `weir heap` as a person runs it, on snapshots that Node writes.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFiles } from '../testing/files.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { runWeir } from '../testing/run-weir.ts';

const file = temporaryFiles();
const folder = dirname(file('empty.heapsnapshot', ''));
const secret = randomBytes(12).toString('hex');
const program = `
const { writeHeapSnapshot } = require('node:v8');
class Visit { constructor(i) { this.page = process.argv[2] + i; this.at = [i, i]; } }
const visits = new Map();
globalThis.handler = () => visits;
const write = (name) => writeHeapSnapshot(process.argv[1] + '/' + name);
const same = Array.from({ length: 20_000 }, () => JSON.parse('"' + process.argv[2] + '"'));
globalThis.same = () => same;
visits.set('first', new Visit(0));
write('before.heapsnapshot');
for (let i = 0; i < 12_000; i++) visits.set('visit' + i, new Visit(i));
write('after.heapsnapshot');
`;
const [before, after] = ['before', 'after'].map((name) => join(folder, `${name}.heapsnapshot`)) as [string, string];

beforeAll(() => { execFileSync(process.execPath, ['-e', program, folder, secret]); }, 120_000);

interface HeapJson {
  readonly nodes: number; readonly edges: number; readonly shallowTotal: number;
  readonly top: readonly { readonly constructor: string; readonly count: number; readonly shallow: number; readonly retained: number }[];
  readonly suspects: readonly { readonly kind: string; readonly words: string; readonly retained: number; readonly path: readonly { readonly constructor: string }[] }[];
}

test('one document: counts, the largest constructors, suspects; values as dots unless revealed', async () => {
  const { code, stdout, stderr } = await runWeir(['heap', after, '--json', '--top', '100']);
  expect([code, stderr]).toEqual([0, '']);
  const told = JSON.parse(stdout) as HeapJson;
  const head = JSON.parse(`{${/"node_count":\d+,"edge_count":\d+/.exec(readFileSync(after, 'latin1').slice(0, 4000))![0]}}`) as Record<string, number>;
  expect([told.nodes, told.edges]).toEqual([head['node_count'], head['edge_count']]);
  expect(told.top.find((row) => row.constructor === 'Visit')).toMatchObject({ count: 12_001 });
  expect(told.top.map(({ retained }) => retained)).toEqual(told.top.map(({ retained }) => retained).sort((a, b) => b - a));
  expect(told.suspects[0]).toMatchObject({ kind: 'accumulation', words: expect.stringMatching(/^One Map retained by visits holds \d+ % of the heap in 12,001 entries\.$/) });
  expect(told.suspects[0]!.path.at(-1)!.constructor).toBe('Map');
  expect(stdout).not.toContain(secret);
  expect(told.suspects.map(({ kind }) => kind)).toContain('duplicate-strings');
});

test('as a table with sentences; values on request', async () => {
  const { code, stdout } = await runWeirHere(['heap', after, '--top', '4', '--reveal']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[\d,]+ objects, [\d,]+ references, [\d.]+ MiB\n\n *objects +shallow +retained +share {2}constructor\n(.+\n){4}\nLeak suspects\n1\. One Map /);
  expect(stdout).toContain(`The string "${secret}" exists 20,001 times, most of them in same.`);
});

test('two snapshots: what came, what went, who grew', async () => {
  const { code, stdout } = await runWeirHere(['heap', '--diff', before, after, '--json']);
  expect(code).toBe(0);
  const told = JSON.parse(stdout) as { added: number; sizeDelta: number; top: readonly object[]; suspects: HeapJson['suspects'] };
  expect(told.top).toContainEqual(expect.objectContaining({ constructor: 'Visit', added: 12_000, removed: 0, delta: 12_000 }));
  expect(told.added).toBeGreaterThan(12_000);
  expect(told.suspects[0]).toMatchObject({ kind: 'accumulation', certainty: 'sure' });
  expect((await runWeirHere(['heap', '--diff', before, after])).stdout).toMatch(/objects came, [\d,]+ went: \+[\d.]+ MiB[^]*Visit[^]*12,000 of them came/);
});

test('two processes: counts of classes only, and that is said', async () => {
  const small = join(folder, 'another.heapsnapshot');
  execFileSync(process.execPath, ['-e', `class Visit {} globalThis.list = Array.from({ length: 30_000 }, () => new Visit()); require('node:v8').writeHeapSnapshot(process.argv[1])`, small]);
  const { stdout } = await runWeirHere(['heap', '--diff', small, after]);
  expect(stdout).toMatch(/^The snapshots are of two processes: [^\n]*Only how many objects each class has is compared\.\n/);
  expect(stdout).not.toMatch(/objects came|came since/);
  const told = JSON.parse((await runWeirHere(['heap', '--diff', small, after, '--json', '--top', '500'])).stdout) as { comparedBy: string; note: string; top: readonly object[] };
  expect(told).toMatchObject({ comparedBy: 'classes', note: expect.stringContaining('two processes') });
  expect(told.top).toContainEqual(expect.objectContaining({ constructor: 'Visit', delta: 12_001 - 30_000 }));
});

test('keys that are tokens print as dots, unless revealed', async () => {
  const path = join(folder, 'keys.heapsnapshot');
  execFileSync(process.execPath, ['-e', `const key = process.argv[2]; globalThis.sessions = { [key]: { rows: Array.from({ length: 40_000 }, (_, i) => ({ [key]: [i], list: [i] })) } }; require('node:v8').writeHeapSnapshot(process.argv[1])`, path, `token${secret}`]);
  const shown = async (...more: readonly string[]) => (await runWeirHere(['heap', path, '--top', '500', ...more])).stdout;
  expect(await shown()).toMatch(/\{•+, list\}/);
  expect(await shown() + await shown('--json')).not.toContain(secret);
  expect(await shown('--reveal')).toContain(secret);
}, 60_000);

test.each([
  [[file('cut.heapsnapshot', '{"snapshot":{"meta":')], 'ends before it is whole'],
  [['nowhere.heapsnapshot'], 'there is no such file'],
  [['--diff', 'one.heapsnapshot'], 'Files given: 1; needed: 2'],
])('what cannot be read is told, and the code says so: %#', async (args, words) => {
  const { code, stdout, stderr } = await runWeirHere(['heap', ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});
