import { expect, test } from 'vitest';
import fc from 'fast-check';
import { assemble, type Ending, type Manner, type RawRecord, type Skip } from './assemble.ts';

const manner = (over: Partial<Manner> = {}): Manner => ({ format: 'plain', begins: null, maxRecordBytes: 100, ...over });

/** As the reader does it: the file grows, and is read from where the last record ended, a bounded chunk at a time. */
function grown(parts: readonly Buffer[], how: Manner, limit: number, chunkBytes: number, last: Ending = 'all'): RawRecord[] {
  const [file, records] = [Buffer.concat(parts), [] as RawRecord[]];
  let [size, offset, skip]: [number, number, Skip] = [0, 0, null];
  for (const [i, part] of [...parts, Buffer.alloc(0)].entries()) {
    size += part.length;
    for (let moved = true; moved;) {
      const chunk = file.subarray(offset, Math.min(size, offset + chunkBytes));
      const isLast = i === parts.length && offset + chunk.length === file.length;
      const read = assemble(chunk, how, skip, limit, isLast ? last : 'open', chunk.length === chunkBytes);
      records.push(...read.records);
      offset += read.taken;
      skip = read.skip;
      moved = read.taken > 0;
    }
  }
  expect(offset).toBe(last === 'all' ? file.length : offset);
  return records;
}
const texts = (text: string, how: Manner, ending: Ending = 'all'): string[] => grown([Buffer.from(text)], how, 1000, 4096, ending).map((record) => record.text);
const begins = (line: string): boolean => line.startsWith('#');

test('lines, the last one waits for its end', () => {
  expect(texts('a\r\nb\n\nc', manner(), 'open')).toEqual(['a', 'b']);
  expect(texts('a\nc', manner())).toEqual(['a', 'c']);
});

test('records of several lines; the last one is whole once nothing follows', () => {
  expect(texts('x\n#a\n b\n\n#c\n', manner({ begins }), 'open')).toEqual(['x', '#a\n b\n']);
  expect(texts('x\n#a\n b\n#c\n d', manner({ begins }), 'lines')).toEqual(['x', '#a\n b', '#c']);
});

const cri = (stream: string, tag: string, text: string): string => `2026-11-23T10:00:00.5Z ${stream} ${tag} ${text}\n`;
test('CRI: partial lines are joined by stream', () => {
  const lines = cri('stdout', 'P', 'he') + cri('stderr', 'F', 'oops') + cri('stdout', 'F', 'llo');
  expect(grown([Buffer.from(lines)], manner({ format: 'cri' }), 1000, 4096, 'open')).toMatchObject([{ text: 'oops', stream: 'stderr' }, { text: 'hello', stream: 'stdout', unixNano: BigInt(Date.UTC(2026, 10, 23, 10)) * 1_000_000n + 500_000_000n }]);
  expect(texts(cri('stdout', 'P', 'he') + cri('stderr', 'F', 'oops'), manner({ format: 'cri' }), 'open')).toEqual([]);
});

test('CRI with records of several lines: a record that begins with a partial line is read again from its first part', () => {
  const lines = cri('stdout', 'P', 'b') + cri('stdout', 'F', 'g') + cri('stdout', 'F', '#c') + cri('stderr', 'F', '#d');
  const how = manner({ format: 'cri', begins });
  for (const limit of [1, 1000]) expect(grown([Buffer.from(lines.slice(0, 68)), Buffer.from(lines.slice(68))], how, limit, 4096).map(({ text }) => text)).toEqual(['bg', '#c', '#d']);
});

test('Docker: partial lines are joined', () => {
  const line = (log: string): string => `${JSON.stringify({ log, stream: 'stdout', time: '2026-11-23T10:00:00Z' })}\n`;
  expect(texts(line('he') + line('llo\n') + line('one\r\n') + 'no json\n', manner({ format: 'docker' }), 'open')).toEqual(['hello', 'one', 'no json']);
});

test('what is too long is cut, the rest of it passed over', () => {
  const long = `${'x'.repeat(9000)}\nnext\n`;
  expect(grown([Buffer.from(long)], manner(), 1000, 300)).toMatchObject([{ text: 'x'.repeat(100), cut: 200 }, { text: 'next', cut: 0 }]);
  expect(grown([Buffer.from(`#${'a\n'.repeat(400)}#b\n`)], manner({ begins }), 1000, 300).map(({ text }) => text.length)).toEqual([100, 2]);
  expect(grown([Buffer.from(cri('stdout', 'P', 'y'.repeat(60)).repeat(20) + cri('stdout', 'F', 'end') + cri('stdout', 'F', 'next'))], manner({ format: 'cri' }), 1000, 300).map(({ text }) => text.slice(-4))).toEqual(['yyyy', 'next']);
});

test('a cut takes no character apart', () => {
  expect(texts(`#${'é'.repeat(60)}\n`, manner({ maxRecordBytes: 50, begins }))).toEqual([`#${'é'.repeat(24)}`]);
});

test('a hole of NULs at the beginning is passed over', () => {
  expect(texts(`${'\0'.repeat(2000)}after\n`, manner())).toEqual(['after']);
});

const line = fc.oneof(fc.string({ unit: fc.constantFrom('a', '#', 'é', ' '), maxLength: 20 }), fc.string({ unit: fc.constantFrom('b', '€'), maxLength: 12 }).map((text) => cri('stdout', 'P', text).trimEnd()), fc.constant(cri('stderr', 'F', 'f').trimEnd()), fc.constant(cri('stdout', 'F', 'g').trimEnd()));
test.each([['plain', manner()], ['several lines', manner({ begins })], ['cri', manner({ format: 'cri' })], ['cri, several lines', manner({ format: 'cri', begins })]])('however a file grows, its records are the same: %s', (_, how) => {
  fc.assert(fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(600)), fc.integer({ min: 1, max: 5 }), (lines, cuts, limit) => {
    const bytes = Buffer.from(lines.join('\n'));
    const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
    const parts = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
    expect(grown(parts, { ...how, maxRecordBytes: 4000 }, limit, 100_000)).toEqual(grown([bytes], { ...how, maxRecordBytes: 4000 }, 1000, 100_000));
  }));
});

test('any bytes in any chunks: every byte is taken, and nothing loops', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), fc.integer({ min: 20, max: 100 }), (bytes, several, chunkBytes) => {
    grown([Buffer.from(bytes)], manner({ maxRecordBytes: 20, begins: several ? begins : null, format: 'cri' }), 3, chunkBytes);
  }));
});
