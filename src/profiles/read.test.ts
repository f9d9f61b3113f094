// Every format by its content, whatever its name; what is none; and, for each importer, broken files of all kinds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../base/index.ts';
import { sampleFiles } from './formats/testing/samples.ts';
import { profileFormats } from './model.ts';
import { readProfile } from './read.ts';

const noGunzip = (): Uint8Array => { throw new Error('not expected'); };
const read = (bytes: Uint8Array, fileName = 'some.file') => readProfile(bytes, { fileName, gunzip: noGunzip });
const messageOf = (bytes: Uint8Array, fileName?: string): string => {
  const result = read(bytes, fileName);
  return result.ok ? 'read' : `${result.error.code}: ${result.error.message} ${result.error.help ?? ''}`;
};
const text = encodeUtf8;

test.each(profileFormats)('%s is told by its content', (format) => {
  const result = read(sampleFiles[format]());
  expect(result.ok && result.value.map((profile) => profile.format)).toContain(format);
});

test.each(profileFormats)('%s within gzip, once or twice', (format) => {
  const whole = sampleFiles[format]();
  const zipped = (bytes: Uint8Array): Uint8Array => Uint8Array.from([0x1f, 0x8b, ...bytes]);
  const gunzip = (bytes: Uint8Array): Uint8Array => bytes.subarray(2);
  for (const bytes of [zipped(whole), zipped(zipped(whole))]) expect(readProfile(bytes, { fileName: 'a.gz', gunzip }).ok).toBe(true);
});

test('a gzip file that cannot be unzipped says why', () => {
  const result = readProfile(Uint8Array.of(0x1f, 0x8b, 8), { fileName: 'a.pb.gz', gunzip: () => { throw new Error('it ends at byte 3'); } });
  expect(result).toEqual({ ok: false, error: { code: 'profile.gzip', message: 'a.pb.gz is gzip, but cannot be unzipped: it ends at byte 3.', help: expect.any(String) } });
});

test.each<readonly [string, Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(0), /profile\.empty: x is empty/],
  ['text', text('Dear reader, there is nothing here.\n'), /profile\.unknown: x is no profile that Weir knows: it begins with "Dear reader, the".*Known formats: .*pprof/],
  ['noise', Uint8Array.from({ length: 64 }, (_, at) => (at * 97 + 200) & 0xff), /profile\.unknown.*begins with the bytes/],
  ['other JSON', text('{"name":"weir","version":"1"}'), /profile\.unknown/],
  ['perf.data', text('PERFILE2\0\0\0\0'), /recording of perf in its own format.*perf script -i/],
  ['a flight recording', text('FLR\0\0\x02'), /Java Flight Recorder/],
  ['a zip', text('PK\x03\x04aaaa'), /zip archive/],
  ['an SVG', text('<?xml version="1.0"?><svg/>'), /XML or HTML/],
  ['a heap snapshot', text('{"snapshot":{"meta":{}},"nodes":[]}'), /profile\.heap-snapshot.*weir heap/],
  ['an empty trace', text('{"traceEvents":[]}'), /profile\.empty: x looks like a Chrome trace, but none of its 0 events is a CPU sample.*cpu_profiler/],
])('%s', (_, bytes, message) => { expect(messageOf(bytes, 'x')).toMatch(message); });

test('a name decides where the content could be several formats', () => {
  expect(read(text('main 3\nmain 4\n'), 'a.folded').ok).toBe(true);
  expect(messageOf(text('main 3\nmain 4\n'), 'a.csv')).toMatch(/profile\.unknown/);
});

test('folded stacks may begin with a bracket or a byte order mark', () => {
  expect(read(text('[unknown];main 3\n')).ok).toBe(true);
  expect(read(text('\uFEFFa;b 3\r\n')).ok).toBe(true);
});

describe.each(profileFormats)('%s', (format) => {
  const whole = sampleFiles[format]();

  test('cut anywhere, it is read in part or refused in words, never a crash', () => {
    for (let length = 0; length < whole.length; length++) {
      const result = read(whole.slice(0, length), 'cut');
      if (!result.ok) expect(result.error).toMatchObject({ code: expect.any(String), message: expect.stringContaining('cut'), help: expect.any(String) });
    }
  });

  test('with bytes changed', () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const broken = whole.slice();
      for (const { at, byte } of changes) broken[at] = byte;
      expect(typeof read(broken).ok).toBe('boolean');
    }), { numRuns: 150 });
  });

  test('random bytes behind its beginning', () => {
    fc.assert(fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 200 }), (length, tail) => {
      const bytes = new Uint8Array(length + tail.length);
      bytes.set(whole.subarray(0, length));
      bytes.set(tail, length);
      expect(typeof read(bytes, `a.${format}`).ok).toBe('boolean');
    }), { numRuns: 100 });
  });
});

test.each(['{"traceEvents":[{"name":"Profile","id":', '[{"args":', '{"head":', '{"nodes":', '{"resourceProfiles":', '{"shared":{"frames":[', '{"profiles":[{"type":', '{"metadata":'])('%s followed by two hundred thousand brackets', (begin) => {
  const depth = 200_000;
  for (const end of ['', `${']'.repeat(depth)}}`, `${']'.repeat(depth)}}]}`]) expect(typeof read(text(`${begin}${'['.repeat(depth)}${end}`)).ok).toBe('boolean');
});

test.each(['cpuprofile', 'heapprofile', 'chrome-trace', 'pprof', 'speedscope', 'otlp-profiles'] as const)('%s without its second half is told to be cut off, with the byte where it ends', (format) => {
  const whole = sampleFiles[format]();
  const half = Math.floor(whole.length / 2);
  expect(messageOf(whole.slice(0, half), 'half')).toMatch(new RegExp(`truncated.*byte ${half}`));
});
