import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { commit, factsOf, openSpool, tryCommit } from './testing/spooled.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'weir-spool-')); });
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

describe('a draft', () => {
  it('becomes an artifact with the size and hash of what was written', async () => {
    const spool = await openSpool(directory);
    const bytes = randomBytes(700_000);
    const meta = await commit(spool, bytes, { name: '../../etc/some\nname.bin' });
    expect(meta).toMatchObject({ bytes: 700_000, sha256: createHash('sha256').update(bytes).digest('hex'), name: 'some_name.bin' });
    expect(readFileSync(spool.path(meta.id)).equals(bytes)).toBe(true);
    expect(readdirSync(join(directory, 'drafts'))).toEqual([]);
    expect(spool.entries).toMatchObject([{ meta: { id: meta.id }, refused: null }]);
  });
  it('that is discarded leaves nothing, with all that a tool wrote beside it', async () => {
    const spool = await openSpool(directory);
    const draft = await spool.open('a');
    if (!draft.ok) throw new Error();
    writeFileSync(`${draft.value.path}.tmp`, 'x');
    await draft.value.discard();
    expect(readdirSync(directory)).toEqual(['drafts']);
    expect(readdirSync(join(directory, 'drafts'))).toEqual([]);
  });
  it('that nobody wrote, or that is not described, fails and leaves nothing', async () => {
    const spool = await openSpool(directory);
    const draft = await spool.open('a');
    expect(draft.ok && await draft.value.commit(factsOf())).toMatchObject({ ok: false, error: { code: 'artifact.nothing' } });
    expect(await tryCommit(spool, randomBytes(10), { createdUnixMs: Number.NaN })).toMatchObject({ ok: false, error: { code: 'artifact.facts' } });
    expect(readdirSync(directory)).toEqual(['drafts']);
  });
});

describe('the bound', () => {
  it('holds over artifacts and drafts, and says so', async () => {
    const spool = await openSpool(directory, { maxBytes: 1000 });
    await commit(spool, randomBytes(600));
    expect(await spool.freeBytes()).toBe(400);
    const draft = await spool.open('a');
    if (!draft.ok) throw new Error();
    writeFileSync(draft.value.path, randomBytes(300));
    expect(await spool.freeBytes()).toBe(100);
    expect(await tryCommit(spool, randomBytes(500))).toMatchObject({ ok: false, error: { code: 'artifact.spool-full', help: expect.any(String) } });
    expect((await draft.value.commit(factsOf())).ok).toBe(true);
    await tryCommit(spool, randomBytes(100));
    expect(await spool.open('b')).toMatchObject({ ok: false, error: { code: 'artifact.spool-full' } });
  });
  it('lets what the server refused go first', async () => {
    const spool = await openSpool(directory, { maxBytes: 1000 });
    const first = await commit(spool, randomBytes(600));
    await spool.refuse(first.id, 'too large');
    expect(await spool.freeBytes()).toBe(1000);
    await commit(spool, randomBytes(600));
    expect(existsSync(spool.path(first.id))).toBe(false);
    expect(spool.lost).toEqual({ drafts: 0, artifacts: 1 });
  });
  it('of the disk is the smaller one when it is', async () => {
    expect(await (await openSpool(directory, { keepFreeBytes: 2 ** 60 })).freeBytes()).toBe(0);
  });
});

it('the next run finds what was committed, and clears away what was not', async () => {
  const first = await openSpool(directory);
  const [kept, refused] = [await commit(first, randomBytes(100)), await commit(first, randomBytes(50))];
  await first.refuse(refused.id, 'another hash');
  // What a kill leaves at every moment of a commit.
  mkdirSync(join(directory, 'drafts', 'x'));
  writeFileSync(join(directory, 'drafts', 'x', 'half'), 'half a dump');
  writeFileSync(join(directory, `${'1'.repeat(32)}.bin`), 'renamed, not described');
  writeFileSync(join(directory, `${'2'.repeat(32)}.json`), '{"version":1}');
  writeFileSync(join(directory, `${kept.id}.json.tmp`), '{');
  const second = await openSpool(directory);
  expect(new Map(second.entries.map(({ meta, refused: no }) => [meta.id, no?.why ?? null]))).toEqual(new Map([[kept.id, null], [refused.id, 'another hash']]));
  expect(second.lost.drafts).toBe(2);
  expect(readdirSync(directory).sort()).toEqual(['drafts', ...[kept.id, refused.id].flatMap((id) => [`${id}.bin`, `${id}.json`])].sort());
});

it('what nobody fetches leaves in the end: refused ones after a day, others after a month', async () => {
  const clock = new ManualClock(1_800_000_000_000_000_000n);
  const spool = await openSpool(directory, { clock });
  const [waiting, refused] = [await commit(spool, randomBytes(10)), await commit(spool, randomBytes(10))];
  await spool.refuse(refused.id, 'no');
  clock.advanceMs(86_300_000);
  await spool.tidy();
  expect(spool.entries).toHaveLength(2);
  clock.advanceMs(200_000);
  await spool.tidy();
  expect(spool.entries.map(({ meta }) => meta.id)).toEqual([waiting.id]);
  clock.advanceMs(30 * 86_400_000);
  await spool.tidy();
  expect([spool.entries, spool.lost.artifacts, readdirSync(directory)]).toEqual([[], 2, ['drafts']]);
});
