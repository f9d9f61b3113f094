// The file of frames: what goes in comes out; an unfinished or damaged end costs only itself.
import fc from 'fast-check';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { decodeFrames, eachEntry, encodeFrames, encodeLetGo, frameFileMagic, type RecorderFrame } from './index.ts';

const anyFrame = fc.record({
  signal: fc.constantFrom('logs', 'spans', 'metrics'), key: fc.string({ unit: 'grapheme', maxLength: 40 }), atUnixMs: fc.nat(2_000_000_000_000), records: fc.nat(1000), bytes: fc.uint8Array({ maxLength: 200 }), epoch: fc.constant(-1),
}) as fc.Arbitrary<RecorderFrame>;

test('what is written is read', () => {
  fc.assert(fc.property(fc.array(anyFrame, { maxLength: 20 }), (frames) => {
    expect(decodeFrames(encodeFrames(frames))).toEqual({ ok: true, value: { frames, leftBytes: 0, problem: null } });
  }));
});

test('a file that ends anywhere gives the frames that are whole', () => {
  fc.assert(fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 6 }), fc.nat(), (frames, cut) => {
    const file = encodeFrames(frames);
    const end = frameFileMagic.length + (cut % (file.length - frameFileMagic.length));
    const read = decodeFrames(file.subarray(0, end));
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.frames).toEqual(frames.slice(0, read.value.frames.length));
    expect(read.value.frames.length).toBeLessThan(frames.length);
    const whole = encodeFrames(read.value.frames).length;
    expect(read.value.leftBytes).toBe(end - whole);
    expect(read.value.problem === null).toBe(end === whole);
  }));
});

test('a changed byte is noticed', () => {
  const frames: RecorderFrame[] = [{ signal: 'logs', key: 'k', atUnixMs: 1, records: 2, bytes: Uint8Array.of(1, 2, 3), epoch: -1 }, { signal: 'spans', key: '', atUnixMs: 2, records: 1, bytes: Uint8Array.of(4), epoch: -1 }];
  const file = encodeFrames(frames);
  file[file.length - 1]! ^= 1;
  expect(decodeFrames(file)).toMatchObject({ ok: true, value: { frames: [{ key: 'k' }], problem: expect.stringContaining('checksum') } });
  expect(decodeFrames(Uint8Array.of(1, 2, 3))).toMatchObject({ ok: false, error: { code: 'recorder-file-invalid' } });
});

test('a key that was let go stands between the frames of a recorder on disk, and in nothing that is collected', () => {
  const frames: RecorderFrame[] = [{ signal: 'logs', key: 'k', atUnixMs: 1, records: 2, bytes: Uint8Array.of(1, 2, 3), epoch: -1 }, { signal: 'metrics', key: 'ö', atUnixMs: 2, records: 1, bytes: Uint8Array.of(4), epoch: -1 }];
  const [first, second] = frames.map((frame) => encodeFrames([frame]));
  const file = Uint8Array.from([...first!, ...encodeLetGo('ö'), ...second!.subarray(frameFileMagic.length)]);
  const entries = [...eachEntry(file)];
  expect(entries.map(({ key, frame }) => [key, frame])).toEqual([['k', frames[0]], ['ö', null], ['ö', frames[1]]]);
  expect(entries.map(({ end }) => end)).toEqual([first!.length, first!.length + encodeLetGo('ö').length, file.length]);
  expect([...eachEntry(file.subarray(0, file.length - 1))]).toHaveLength(2);
  expect([...eachEntry(file.subarray(1))]).toEqual([]);
  expect(decodeFrames(file)).toMatchObject({ ok: true, value: { frames: [frames[0]], problem: expect.stringContaining('no known signal') } });
});

test('the checksum is the one of zip', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => { expect(crc32(b, crc32(a))).toBe(nodeCrc32(Buffer.concat([a, b]))); }));
});
