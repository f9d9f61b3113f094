// A journalctl for tests, and the journal it reads: a file of JSON lines whose cursors are `s=N`. It takes the arguments that the probe gives, refuses all
// others as the real one does, and behaves as version 252: after a cursor or from a time, `--lines`, units, priorities; following shows only ten old lines
// unless it is told `--no-tail`.
import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const program = String.raw`
const { readFileSync, appendFileSync } = require('node:fs');
const [journal, calls] = [process.env.FAKE_JOURNAL, process.env.FAKE_JOURNAL + '.calls'];
const args = process.argv.slice(2);
appendFileSync(calls, JSON.stringify({ pid: process.pid, args }) + '\n');
const known = /^--(output=json|follow|no-tail|all|no-pager|quiet|after-cursor=.+|since=@\d+(\.\d+)?|unit=.+|priority=[0-7]|lines=\d+|output-fields=__CURSOR)$/;
for (const arg of args) if (!known.test(arg)) { process.stderr.write('journalctl: unrecognized option ' + arg + '\n'); process.exit(1); }
const value = (name) => args.filter((arg) => arg.startsWith('--' + name + '=')).map((arg) => arg.slice(name.length + 3));
const has = (name) => args.includes('--' + name);
const [cursor] = value('after-cursor'), [since] = value('since'), [lines] = value('lines'), [priority] = value('priority'), units = value('unit');
if (cursor !== undefined && !/^s=\d+$/.test(cursor)) { process.stderr.write('Failed to seek to cursor: Invalid argument\n'); process.exit(1); }
const entries = () => readFileSync(journal, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line));
const wanted = (entry) => (units.length === 0 || units.includes(entry._SYSTEMD_UNIT)) && (priority === undefined || Number(entry.PRIORITY ?? 99) <= Number(priority));
const after = (entry) => cursor !== undefined ? Number(entry.__CURSOR.slice(2)) > Number(cursor.slice(2)) : since === undefined || Number(entry.__REALTIME_TIMESTAMP) >= Number(since.slice(1)) * 1e6;
let seen = entries().length;
let old = entries().filter((entry) => wanted(entry) && after(entry));
if (lines !== undefined) old = Number(lines) === 0 ? [] : old.slice(-Number(lines));
else if (has('follow') && !has('no-tail')) old = old.slice(-10);
const write = async (some) => { for (const entry of some) if (!process.stdout.write(JSON.stringify(entry) + '\n')) await new Promise((resolve) => process.stdout.once('drain', resolve)); };
process.stdout.on('error', () => process.exit(1));
(async () => {
  await write(old);
  while (has('follow')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = entries();
    const fresh = now.slice(seen);
    seen = now.length;
    await write(fresh.filter(wanted));
  }
})();
`;

export interface FakeJournal { add(entries: readonly Record<string, unknown>[]): Promise<void>; calls(): Promise<{ readonly pid: number; readonly args: readonly string[] }[]> }

/** First on PATH until the test ends. */
export async function fakeJournal(): Promise<FakeJournal> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-journal-'));
  const [bin, journal, path] = [join(folder, 'bin'), join(folder, 'journal'), process.env['PATH'] ?? ''];
  await mkdir(bin);
  await writeFile(join(folder, 'fake.cjs'), program);
  await writeFile(join(bin, 'journalctl'), `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'fake.cjs')}' "$@"\n`);
  await chmod(join(bin, 'journalctl'), 0o755);
  await writeFile(journal, '');
  [process.env['PATH'], process.env['FAKE_JOURNAL']] = [`${bin}:${path}`, journal];
  onTestFinished(async () => { process.env['PATH'] = path; await rm(folder, { recursive: true, force: true }); });
  let next = 1;
  return {
    add: (entries) => appendFile(journal, entries.map((entry) => `${JSON.stringify({ __CURSOR: `s=${next++}`, __REALTIME_TIMESTAMP: String(Date.now() * 1000), ...entry })}\n`).join('')),
    calls: async () => (await readFile(`${journal}.calls`, 'utf8')).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { pid: number; args: string[] }),
  };
}
