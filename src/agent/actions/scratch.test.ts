import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, lchownSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Proc } from '../processes/index.ts';
import { Scratch } from './scratch.ts';
import { temporaryFolder } from './testing/actions-here.ts';

const somebody = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0;
const signal = new AbortController().signal;

function scratchIn(folder: string, startTicks = 1): Scratch {
  const outside = join(folder, 'outside');
  mkdirSync(outside, { recursive: true });
  return new Scratch(join(folder, 'scratch'), { pid: process.pid, startTicks }, outside);
}

describe.skipIf(!asRoot)('a folder given to another user', () => {
  it('gives back a plain file of that user, for nobody else to read', async () => {
    const folder = temporaryFolder();
    const to = join(folder, 'out');
    const taken = await scratchIn(folder).useGiven(somebody, async (given) => {
      expect(statSync(given.folder)).toMatchObject({ uid: somebody.uid });
      const file = join(given.folder, 'heap.hprof');
      writeFileSync(file, 'the heap', { mode: 0o666 });
      chownSync(file, somebody.uid, somebody.gid);
      return given.take('heap.hprof', to, 100, signal);
    });
    expect(taken).toEqual({ ok: true, value: 8 });
    expect([readFileSync(to, 'utf8'), statSync(to).mode & 0o777, readdirSync(join(folder, 'outside'))]).toEqual(['the heap', 0o600, []]);
  });

  it('follows no link to what only we may read, and takes nothing else for the file', async () => {
    const folder = temporaryFolder();
    const [secret, to] = [join(folder, 'secret'), join(folder, 'out')];
    writeFileSync(secret, 'ours alone', { mode: 0o600 });
    await scratchIn(folder).useGiven(somebody, async (given) => {
      const at = (name: string): string => join(given.folder, name);
      symlinkSync(secret, at('link'));
      lchownSync(at('link'), somebody.uid, somebody.gid);
      linkSync(secret, at('hard'));
      execFileSync('mkfifo', [at('fifo')]);
      mkdirSync(at('folder'));
      writeFileSync(at('large'), 'x'.repeat(200));
      chownSync(at('large'), somebody.uid, somebody.gid);
      for (const name of ['link', 'hard', 'fifo', 'folder', 'none']) expect(await given.take(name, to, 100, signal), name).toMatchObject({ ok: false, error: { code: 'action.bad-output' } });
      expect(await given.take('large', to, 100, signal)).toMatchObject({ ok: false, error: { code: 'action.too-large' } });
    });
    expect([existsSync(to), statSync(secret).mode & 0o777, statSync(secret).uid, readFileSync(secret, 'utf8')]).toEqual([false, 0o600, 0, 'ours alone']);
    expect(readdirSync(join(folder, 'outside'))).toEqual([]);
  });

  it('is emptied without leaving it, and can be moved by nobody meanwhile', async () => {
    const folder = temporaryFolder();
    const kept = join(folder, 'kept');
    mkdirSync(kept);
    writeFileSync(join(kept, 'file'), 'x');
    await scratchIn(folder).useGiven(somebody, async (given) => {
      mkdirSync(join(given.folder, 'a', 'b'), { recursive: true });
      symlinkSync(kept, join(given.folder, 'a', 'b', 'link'));
      expect(statSync(join(given.folder, '..'))).toMatchObject({ uid: 0 });
      expect(statSync(join(given.folder, '..')).mode & 0o777).toBe(0o711);
    });
    expect([readdirSync(kept), readdirSync(join(folder, 'outside'))]).toEqual([['file'], []]);
  });
});

it('takes away what a killed program left, in both places, and nothing of others', async () => {
  const folder = temporaryFolder();
  const [scratch, proc] = [scratchIn(folder), new Proc()];
  const alive = `${process.pid}-${(await proc.stat('self'))?.startTicks ?? 0}-`;
  for (const name of [`scratch/${process.pid}-1-x`, `scratch/${alive}x`, `outside/weir-scratch-${process.pid}-1-x/given`, `outside/weir-scratch-${alive}x/given`, 'outside/another']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'file'), '');
  }
  expect(await scratch.clean(proc)).toBe(2);
  expect([readdirSync(join(folder, 'scratch')), readdirSync(join(folder, 'outside')).toSorted()]).toEqual([[`${alive}x`], ['another', `weir-scratch-${alive}x`]]);
});
