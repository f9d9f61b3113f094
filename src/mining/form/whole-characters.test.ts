// Forms are whole characters, of any bytes; and ids are those of the texts that books hold.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { TemplateMiner } from '../index.ts';
import { idsOf } from '../testing/mining.ts';

const names = 'alice bob carol dave erin frank grace heidi ivan judy mallory oscar peggy trent victor walter'.split(' ');
const frames = ['User \u201c{}\u201d logged in from the office', 'Transition of {}\u2192{}x was accepted by the server', 'Request failed for \u2022{} at the server', 'Konto \u201e{}\u201c wurde gesperrt by the server', `Order {} ${'na\u00efve caf\u00e9 '.repeat(100)}`, `x${'\u9519\u8bef '.repeat(300)}{}`, `Loading {} ${'\u{1f600}'.repeat(260)}`, `${'\u00e9'.repeat(511)}b\u00e9 {}`];

it('ids are the same over a restart wherever punctuation of Unicode touches a value', () => {
  for (const frame of frames) {
    const lines = names.map((name) => frame.replaceAll('{}', name));
    const [first, second] = [new TemplateMiner(), new TemplateMiner()];
    const ids = idsOf(first, lines);
    for (const line of lines) expect(first.describe(mineBytes(first, encodeUtf8(line))).template).not.toContain('\ufffd');
    expect(second.learn(JSON.parse(JSON.stringify(first.book()))), frame).toBe(0);
    expect(idsOf(second, lines), frame).toEqual(ids);
    expect(second.book()).toEqual(first.book());
  }
});

const bytesOf = fc.array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xe2, 0x80, 0x20, 0x61, 0xf0, 0xc3)), { maxLength: 40 }).map((all) => Uint8Array.from(all));

it('the id of any bytes is that of the text in the book', () => {
  fc.assert(fc.property(fc.array(bytesOf, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 60 }), (lines, times) => {
    const [first, second] = [new TemplateMiner(), new TemplateMiner()];
    const all = lines.map((line) => repeated(line, times));
    for (const line of [...all, ...all]) mineBytes(first, line);
    expect(second.learn(first.book())).toBe(0);
    for (const line of all) expect(second.describe(mineBytes(second, line))).toEqual(first.describe(mineBytes(first, line)));
  }), { numRuns: 300 });
});

it('bytes that are no UTF-8 are the Latin-1 characters of their numbers, so different lines stay different', () => {
  const [first, second] = [0xf6, 0xfc].map((vowel) => { const miner = new TemplateMiner(); return miner.describe(mineBytes(miner, Uint8Array.from([...encodeUtf8('Gr'), vowel, ...encodeUtf8('n of file is wrong')]))); });
  expect([first!.template, second!.template]).toEqual(['Gr\u00f6n of file is wrong', 'Gr\u00fcn of file is wrong']);
});

function repeated(line: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(line.length * times);
  for (let i = 0; i < times; i++) out.set(line, i * line.length);
  return out;
}

const mineBytes = (miner: TemplateMiner, bytes: Uint8Array): number => miner.mine(bytes, 0, bytes.length);
