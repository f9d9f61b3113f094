import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../base/index.ts';
import { directoryFiles, memoryFiles } from '../../ports/index.ts';
import { Proc } from '../../processes/index.ts';
import { temporaryFolder } from '../testing/actions-here.ts';
import { ActionBook } from './book.ts';
import { BookLock } from './book-lock.ts';
import { defaultPolicy, readPolicy, writePolicyExample } from './policy.ts';
import { sharedFiles } from './shared-files.ts';

const limitsOf = (name: keyof typeof defaultPolicy.actions) => defaultPolicy.actions[name];
const path = (folder: string): string => join(folder, 'actions.lock');
/** As another program would have it: with an owner, a lock and a queue of its own. */
function bookOf(folder: string, startTicks: number): ActionBook {
  const owner = { pid: process.pid, startTicks };
  const lock = new BookLock(path(folder), owner, { isAlive: async () => true });
  return new ActionBook({ files: directoryFiles(folder), owner, lock: (work) => lock.hold(work) });
}

describe('the action book', () => {
  it('counts every claim and note of several programs that write at once', async () => {
    const folder = temporaryFolder();
    const books = Array.from({ length: 8 }, (_, index) => bookOf(folder, index));
    const done = await Promise.all(books.flatMap((book, index) => [book.claim('diagnostic-command', '', 1000 + index, limitsOf, () => ok(undefined)), book.note('one', { kind: 'valve', id: String(index) })]));
    expect(done.every((one) => one.ok)).toBe(true);
    const [claims, leftovers] = [await books[0]!.claims(), await books[0]!.leftovers()];
    expect(claims.ok && claims.value).toHaveLength(8);
    expect(leftovers.ok && leftovers.value).toHaveLength(8);
    expect(readdirSync(folder).toSorted()).toEqual(['action-claims.json', 'actions.json']);
  });

  it('never lets two in where one is allowed', async () => {
    const folder = temporaryFolder();
    const once = await Promise.all(Array.from({ length: 6 }, (_, index) => bookOf(folder, index).claim('cpu-sample', '', 5, limitsOf, (claims) => (claims.length === 0 ? ok(undefined) : { ok: false, error: { code: 'action.limit', message: 'no' } }))));
    expect(once.filter((one) => one.ok)).toHaveLength(1);
  });

  it('keeps no claim longer than any limit looks back, and notes are apart from them', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'action-claims.json'), JSON.stringify({ version: 1, claims: Array.from({ length: 5000 }, (_, index) => ({ action: 'cpu-sample', process: 'x', atUnixMs: index })) }));
    const book = bookOf(folder, 1);
    await book.note('a', { kind: 'valve', id: '1' });
    expect(readFileSync(join(folder, 'actions.json')).length).toBeLessThan(500);
    await book.claim('cpu-sample', '', 100_000_000, limitsOf, () => ok(undefined));
    const claims = await book.claims();
    expect(claims.ok && claims.value).toEqual([{ action: 'cpu-sample', process: '', atUnixMs: 100_000_000 }]);
  });
});

describe.runIf(process.geteuid?.() === 0)('what root writes into a folder of another user', () => {
  it('is that user\'s: the book, and the lock while it is held', async () => {
    const folder = temporaryFolder();
    chownSync(folder, 65_534, 65_534);
    const owner = { pid: process.pid, startTicks: 1 };
    const lock = new BookLock(path(folder), owner, { isAlive: async () => true });
    const book = new ActionBook({ files: sharedFiles(folder), owner, lock: (work) => lock.hold(work) });
    expect(await book.claim('cpu-sample', '', 5, limitsOf, () => ok(undefined))).toEqual(ok(undefined));
    expect(await book.note('a', { kind: 'valve', id: '1' })).toEqual(ok(undefined));
    await lock.hold(async () => { expect(statSync(path(folder)).uid).toBe(65_534); return ok(undefined); });
    expect(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).uid])).toEqual([['action-claims.json', 65_534], ['actions.json', 65_534]]);
  });
});

describe('its lock', () => {
  it('is waited for when it may not be read: somebody else has it', async () => {
    const folder = temporaryFolder();
    mkdirSync(path(folder));
    expect(await new BookLock(path(folder), { pid: 1, startTicks: 1 }, { isAlive: async () => false }, 50).hold(async () => ok('done'))).toMatchObject({ ok: false, error: { code: 'action.book-busy' } });
  });

  const done = async () => ok('done');

  it('is taken from a program that is gone, not from one that lives', async () => {
    const [folder, proc] = [temporaryFolder(), new Proc()];
    const self = { pid: process.pid, startTicks: (await proc.stat('self'))?.startTicks ?? 0 };
    writeFileSync(path(folder), `${self.pid} ${self.startTicks - 1}`);
    expect(await new BookLock(path(folder), { pid: 1, startTicks: 1 }, proc).hold(done)).toEqual(ok('done'));
    writeFileSync(path(folder), `${self.pid} ${self.startTicks}`);
    expect(await new BookLock(path(folder), { pid: 1, startTicks: 1 }, proc, 50).hold(done)).toMatchObject({ ok: false, error: { code: 'action.book-busy', message: expect.stringContaining(`process ${self.pid}`) } });
    expect(readdirSync(folder)).toEqual(['actions.lock']);
  });

  it('of a program that is gone is inherited by one at a time, whatever the others saw before, and leaves nothing behind', async () => {
    const dead = { isAlive: async (pid: number): Promise<boolean> => { await new Promise((resolve) => { setTimeout(resolve, Math.random() * 4); }); return pid < 1000; } };
    let overlaps = 0;
    await Promise.all(Array.from({ length: 40 }, async () => {
      const folder = temporaryFolder();
      // Apart from the lock itself, what an heir and a waiting one left that were killed.
      for (const name of ['actions.lock', 'actions.lock.5000-1-00000000-0000-0000-0000-000000000000', `actions.lock.heir-${'0'.repeat(32)}`]) writeFileSync(join(folder, name), '5000 1 00000000-0000-0000-0000-000000000000');
      let inside = 0;
      const work = async () => {
        if (++inside > 1) overlaps++;
        await new Promise((resolve) => { setTimeout(resolve, Math.random() * 2); });
        inside--;
        return ok('done');
      };
      const all = await Promise.all([1, 2, 3].map((pid) => new BookLock(path(folder), { pid, startTicks: 1 }, dead).hold(work)));
      expect(all.every((one) => one.ok)).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
    }));
    expect(overlaps).toBe(0);
  });

  it('of a dead heir is inherited in turn', async () => {
    const folder = temporaryFolder();
    writeFileSync(path(folder), '5000 1');
    // Killed while it looked once more: its own lock stays beside the one that it was to take away.
    writeFileSync(join(folder, `actions.lock.heir-${createHash('sha256').update('actions.lock\n5000 1').digest('hex').slice(0, 32)}`), '5001 1');
    expect(await new BookLock(path(folder), { pid: 1, startTicks: 1 }, { isAlive: async (pid) => pid === 1 }).hold(done)).toEqual(ok('done'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is let go only as one\'s own', async () => {
    const folder = temporaryFolder();
    const proc = { isAlive: async () => true };
    await new BookLock(path(folder), { pid: 1, startTicks: 1 }, proc).hold(async () => { writeFileSync(path(folder), '7 7'); return ok(undefined); });
    expect(readFileSync(path(folder), 'utf8')).toBe('7 7');
  });

  it('is let go when the work throws', async () => {
    const folder = temporaryFolder();
    const lock = new BookLock(path(folder), { pid: 1, startTicks: 1 }, new Proc());
    await expect(lock.hold(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await lock.hold(done)).toEqual(ok('done'));
  });
});

it('writes what holds by default beside the policy, which may be copied as it is', async () => {
  const content = new Map<string, Uint8Array>();
  await writePolicyExample(memoryFiles(content));
  const example = content.get('actions-policy.example.json');
  expect(await readPolicy(memoryFiles(new Map([['actions-policy.json', example!]])))).toEqual({ ok: true, value: defaultPolicy });
});
