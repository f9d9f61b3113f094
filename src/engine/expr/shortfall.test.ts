// What a bound cuts is said, and what a record holds cannot make a function run on. Nothing is timed: inputs are so large that
// work growing with their square, or doubling with every step, ends by the runner's limit.
import { describe, expect, test } from 'vitest';
import { clearShortfall, ManualClock, shortfall } from '../../base/index.ts';
import type { Expr, KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { groupKey, jsonText, maxText, maxWeight, parseNumeric, parseTimespan, sameAs, weightOf } from '../values/index.ts';
import { compileExpr } from './compile.ts';
import { newFrame, type Row, type Scope } from './frame.ts';

const typeOf = (value: Value): KqlType => (typeof value === 'string' ? 'string' : typeof value === 'number' ? 'long' : 'dynamic');
const scopeOf = (row: Row): Scope => ({ column: (name) => ({ type: typeOf(row[name]!), constant: false, run: (frame) => frame.row[name]! }), shortcut: () => null });

/** The function over values of a record, and what fell short. */
function call(fn: string, ...values: readonly Value[]): { readonly value: Value; readonly short: string | null } {
  const row: Row = Object.fromEntries(values.map((value, i) => [`c${i}`, value]));
  const expr: Expr = { k: 'call', fn, type: 'dynamic', args: values.map((value, i) => ({ k: 'column', name: `c${i}`, type: typeOf(value) })) };
  const compiled = compileExpr(expr, { scope: scopeOf(row), clock: new ManualClock() });
  const frame = newFrame();
  frame.row = row;
  clearShortfall();
  return { value: compiled.run(frame), short: shortfall() };
}

const big = 'x'.repeat(maxText);
const many = Array.from({ length: 600_000 }, () => 1);
const deep = (levels: number): Value => Array.from({ length: levels }).reduce<Value>((inner) => [inner], 'z');

describe('says what it leaves out', () => {
  test.each<[string, readonly Value[]]>([
    ['strcat', [big, 'z']], ['strcat_delim', [' ', big, 'z']], ['strcat_array', [[big, 'z'], ' ']],
    ['replace_string', [`${big}z`, 'q', 'w']], ['replace_strings', [`${big}z`, ['q'], ['w']]], ['replace_regex', [`${big.slice(1)}yz`, 'y', 'yyyy']],
    ['strrep', [big, 2]], ['make_string', [[...many, ...many].map(() => 65)]], ['unicode_codepoints_to_string', [[...many, ...many].map(() => 65)]],
    ['array_concat', [many, many]], ['range', [1, 1_000_001]], ['repeat', [1, 1_000_001]], ['zip', [many, many, many, many, many, many, many]],
    ['extract_all', ['(a)', 'a'.repeat(10_001)]], ['tostring', [deep(70)]], ['tostring', [[big]]], ['dynamic_to_json', [deep(70)]],
    ['matches regex', ['a', '(']], ['extract', ['y'.repeat(10_001), 1, 'a']], ['pack_array', [Array.from({ length: 5 }, () => big)]],
  ])('%s', (fn, values) => {
    expect(call(fn, ...values).short).toMatch(/more than|longer than|deeper than|too long|not one that RE2/);
  });

  test.each<[string, readonly Value[]]>([
    ['strcat', [big, '']], ['strrep', ['ab', 3]], ['array_concat', [many, [1]]], ['range', [1, 1_000_000]], ['repeat', [1, 1_000_000]],
    ['extract_all', ['(a)', 'a'.repeat(10_000)]], ['tostring', [deep(60)]], ['matches regex', ['a', 'b']], ['pack_array', [big, big]],
  ])('%s within its bound says nothing', (fn, values) => {
    expect(call(fn, ...values).short).toBeNull();
  });

  test('a constant that cannot be had whole is not folded: every record hears of it', () => {
    const literal: Expr = { k: 'literal', type: 'dynamic', value: deep(70) as never };
    const compiled = compileExpr({ k: 'call', fn: 'tostring', type: 'string', args: [literal] }, { scope: scopeOf({}), clock: new ManualClock() });
    expect(compiled.constant).toBe(false);
    clearShortfall();
    compiled.run(newFrame());
    expect(shortfall()).not.toBeNull();
  });
});

describe('a value that holds itself over and over', () => {
  const doubled = (times: number): Value => Array.from({ length: times }).reduce<Value>((inner) => [inner, inner], 'x');

  test('is not built', () => {
    let value: Value = 'x';
    let short: string | null = null;
    for (let i = 0; i < 60 && short === null; i++) ({ value, short } = call('pack_array', value, value));
    expect(short).toContain('pack_array');
    expect(value).toBeNull();
  });

  test.each(['pack_array', 'array_concat', 'zip', 'bag_pack'])('%s weighs it', (fn) => {
    expect(call(fn, ...(fn === 'bag_pack' ? ['key'] : []), [doubled(60)], [1]).short).toContain(fn);
  });

  test('is weighed by looking at each part once, and read as text up to the bound', () => {
    expect(weightOf(doubled(300))).toBeGreaterThan(maxWeight);
    clearShortfall();
    expect(jsonText(doubled(60))).toHaveLength(maxText);
    expect(groupKey(doubled(60)).length).toBeLessThan(maxText + 20);
    expect(shortfall()).toContain('longer than');
  });
});

describe('time grows with what the record holds and no faster', () => {
  const ones = '1'.repeat(2_000_000);
  test('numbers and spans', () => {
    expect([parseNumeric(`${ones}x`), parseNumeric(ones), parseTimespan(`${ones}.00:00:00`), parseTimespan(`${ones}x`)]).toEqual([null, Infinity, null, null]);
    expect([parseNumeric('12.'), parseNumeric('.5e1'), parseNumeric(`${'0'.repeat(30)}7`), parseNumeric('9223372036854775807')]).toEqual([12, 5, 7, 9223372036854775807n]);
  });

  test.each<[string, readonly Value[], Value]>([
    ['base64_decode_tostring', [`${'='.repeat(2_000_000)}!`], null],
    ['countof', ['a'.repeat(400_000), 'a'.repeat(200_000)], 200_001],
    ['contains', ['a'.repeat(900_000), `b${'a'.repeat(400_000)}`], false],
    ['indexof', ['a'.repeat(900_000), `${'a'.repeat(400_000)}b`], -1],
    ['replace_string', ['a'.repeat(900_000), `${'a'.repeat(400_000)}b`, ''], 'a'.repeat(900_000)],
  ])('%s', (fn, values, expected) => { expect(call(fn, ...values).value).toEqual(expected); });

  test('parse_url takes a fragment of several lines', () => {
    expect(call('parse_url', `//${'a'.repeat(2_000_000)}#b\nc`).value).toMatchObject({ Fragment: 'b\nc' });
  });

  test('bag_remove_keys goes through the bag once', () => {
    const names = Array.from({ length: 30_000 }, (_, i) => `k${i}`);
    const bag = { keep: { in: 1, out: 2 }, list: [1], ...Object.fromEntries(names.map((name) => [name, 1])) };
    expect(call('bag_remove_keys', bag, [...names.map((name) => `$.${name}`), '$.keep.out', '$.list[0]', '$.nowhere.at']).value).toEqual({ keep: { in: 1 }, list: [1] });
  });

  test('the text of a wanted value is made once', () => {
    let reads = 0;
    const wanted = new Proxy({ a: 1 }, { ownKeys: (target) => { reads++; return Reflect.ownKeys(target); } });
    const isWanted = sameAs(wanted);
    for (let i = 0; i < 1000; i++) isWanted({ a: i });
    expect(reads).toBe(1);
  });

  test('indexof_regex ends by its time', () => {
    let now = 0;
    const clock = { nowUnixNano: () => 0n, monotonicMs: () => (now += 100) };
    const args: Expr[] = [{ k: 'literal', type: 'string', value: 'a'.repeat(1000) }, { k: 'literal', type: 'string', value: 'a' }, { k: 'literal', type: 'long', value: 0 }, { k: 'literal', type: 'long', value: -1 }, { k: 'literal', type: 'long', value: 900 }];
    clearShortfall();
    expect(compileExpr({ k: 'call', fn: 'indexof_regex', type: 'long', args }, { scope: scopeOf({}), clock }).run(newFrame())).toBe(-1);
    expect(shortfall()).toContain('quarter of a second');
  });
});
