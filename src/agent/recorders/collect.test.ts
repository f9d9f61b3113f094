// Collecting: what a recorder holds becomes a file that reads back; what is not there is said.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrames, type FramesAsked, type RecorderFrame } from '../../engine/index.ts';
import { recorderPort } from './index.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'weir-collect-')); });
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

const frame = (atUnixMs: number, key = ''): RecorderFrame => ({ signal: 'logs', key, atUnixMs, records: 2, bytes: new Uint8Array(500_000).fill(atUnixMs), epoch: 0 });
const held = [frame(1), frame(2, 'a'), frame(3), frame(4, 'a'), frame(5)];
const of = ({ key, sinceUnixMs = 0 }: FramesAsked): RecorderFrame[] => held.filter((one) => (key === undefined || one.key === key) && one.atUnixMs >= sinceUnixMs);
const port = recorderPort({ runRecorder: (name) => name === 'box', readRecorder: (name, asked) => (name === 'box' ? of(asked) : null) }, () => 6);
const path = (): string => join(directory, 'out.weirrec');
const collect = (more: object = {}) => port.collect({ recorder: 'box', maxBytes: 1e9, ...more }, path(), new AbortController().signal);
const times = (): number[] => {
  const read = decodeFrames(readFileSync(path()));
  if (!read.ok) throw new Error(read.error.message);
  return read.value.frames.map(({ atUnixMs }) => atUnixMs);
};

test('everything it holds, in order', async () => {
  expect(await collect()).toEqual({ ok: true, value: { records: 10, fromUnixMs: 1, toUnixMs: 5, notes: [] } });
  expect(times()).toEqual([1, 2, 3, 4, 5]);
});

test('one key, the last of it, and no more than there is room for', async () => {
  expect(await collect({ key: 'a' })).toMatchObject({ value: { records: 4 } });
  rmSync(path());
  expect(await collect({ lastMs: 2 })).toMatchObject({ value: { records: 4, fromUnixMs: 4 } });
  rmSync(path());
  expect(await collect({ maxBytes: 1_200_000 })).toMatchObject({ value: { records: 4, toUnixMs: 2, notes: [expect.stringContaining('cut at 1,200,000 bytes')] } });
  expect(times()).toEqual([1, 2]);
});

test('others have their turn, also while nothing is found', async () => {
  let turns = 0;
  let isOver = false;
  const turn = (): void => { turns++; if (!isOver) setImmediate(turn); };
  const asked: FramesAsked[] = [];
  const slow = recorderPort({ runRecorder: () => true, *readRecorder(_, ask) { asked.push(ask); for (let i = 0; i < 50; i++) yield null; for (let i = 0; i < 40; i++) yield frame(9); } }, () => 100);
  turn();
  const done = await slow.collect({ recorder: 'box', lastMs: 60, key: 'a', maxBytes: 1e9 }, path(), new AbortController().signal);
  isOver = true;
  expect(done).toMatchObject({ value: { records: 80 } });
  expect(asked).toEqual([{ key: 'a', sinceUnixMs: 40 }]);
  // A turn for each of the nulls, and for each two frames of half a MiB or so.
  expect(turns).toBeGreaterThanOrEqual(50 + 40 / 3);
});

test('what is not there is said', async () => {
  expect(await collect({ recorder: 'other' })).toMatchObject({ ok: false, error: { code: 'recorder.unknown' } });
  expect(await collect({ key: 'z' })).toMatchObject({ ok: false, error: { code: 'recorder.empty', message: 'Recorder box holds no records under z.' } });
  expect(await port.start('box')).toMatchObject({ ok: true });
  expect(await port.stop('other')).toMatchObject({ ok: false });
});
