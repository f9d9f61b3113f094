// Formats of the kernel and of binaries, also where they lie.
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fetchText, readingsOf } from './arguments.ts';
import { demangled, fetchOf, functionsOf, mayHold, nearestOf, readElf, usdtPlaces } from './elf/index.ts';
import { distanceOf } from './elf/names.ts';
import { fetched } from './parameters.ts';
import { tools } from './testing/here.ts';
import { CallPairs } from './trace/call-pairs.ts';
import { parseFormat, valuesOf } from './trace/event-format.ts';
import { groupName, groupNamed, instanceName } from './trace/names.ts';
import { eventsOf } from './trace/ring-page.ts';

function page(...events: readonly Buffer[]): Buffer {
  const body = Buffer.concat(events);
  const head = Buffer.alloc(16);
  head.writeBigUInt64LE(1000n, 0);
  head.writeBigUInt64LE(BigInt(body.length), 8);
  return Buffer.concat([head, body]);
}
const word = (kind: number, delta: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(((delta << 5) | kind) >>> 0); return bytes; };
const u32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value); return bytes; };

test('a page of the ring: short and long events, time that goes on, padding at the end', () => {
  const short = Buffer.from('12345678');
  const long = Buffer.alloc(200, 7);
  const found = [...eventsOf(page(word(2, 5), short, word(30, 1), u32(2), word(0, 10), u32(204), long, word(29, 0), Buffer.alloc(40)))];
  expect(found.map(({ time }) => time)).toEqual([1005n, 1005n + 1n + 2n * 2n ** 27n + 10n]);
  expect(found.map(({ record }) => record.length)).toEqual([8, 200]);
});

test('a page of anything neither throws nor runs on', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
    let count = 0;
    for (const { record } of eventsOf(Buffer.from(bytes))) { count++; expect(record.length).toBeGreaterThan(0); }
    expect(count).toBeLessThan(2000);
  }));
});

test('values by the format that the kernel wrote; a record that is too short has nulls', () => {
  const text = 'name: entry\nID: 77\nformat:\n\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n\n\tfield:s32 a;\toffset:8;\tsize:4;\tsigned:1;\n\tfield:__data_loc char[] t;\toffset:12;\tsize:4;\tsigned:0;\n';
  const format = parseFormat(text, [{ name: 'a', fetch: '%di', type: 's32' }, { name: 't', fetch: '+0(%si)', type: 'string' }]);
  if (format === null) throw new Error('not understood');
  const record = Buffer.alloc(24);
  record.writeInt32LE(-3, 8);
  record.writeUInt32LE((6 << 16) | 16, 12);
  record.write('grün\0', 16);
  expect(valuesOf(record, format).values).toEqual({ a: -3, t: 'grün' });
  expect(valuesOf(record.subarray(0, 10), format).values).toEqual({ a: null, t: null });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => { expect(Object.keys(valuesOf(Buffer.from(bytes), format).values)).toEqual(['a', 't']); }));
  expect(parseFormat(text, [{ name: 'missing', fetch: '%di', type: 's32' }])).toBe(null);
});

test('calls that never return are forgotten, and no return finds the entry of another', () => {
  const pairs = new CallPairs('x86-64');
  const call = (stack: bigint, n: number) => ({ stack, time: 0n, values: { n }, isCut: false });
  pairs.entered(1, call(1000n, 1));
  pairs.entered(1, call(900n, 2));
  pairs.entered(2, call(900n, 3));
  expect(pairs.returned(1, 700n)).toBe(null);
  expect(pairs.returned(1, 1008n)?.values).toEqual({ n: 1 });
  expect(pairs.returned(1, 908n)).toBe(null);
  expect(pairs.returned(2, 908n)?.values).toEqual({ n: 3 });
  pairs.entered(1, call(800n, 4));
  pairs.entered(1, call(800n, 5));
  expect(pairs.returned(1, 808n)?.values).toEqual({ n: 5 });
  expect(pairs.returned(1, 808n)).toBe(null);
});

test('names lead back to who made them; others are left alone', () => {
  const owner = { pid: 4_194_303, startTicks: 123_456_789_012, pidNamespace: 4_294_967_295 };
  fc.assert(fc.property(fc.stringMatching(/^[a-z0-9_]{1,33}$/), (key) => {
    const group = groupName(key, owner);
    expect(group.length).toBeLessThan(64);
    expect(groupNamed(group)).toEqual({ group, key, owner });
    expect(groupNamed(instanceName(group))).toEqual({ group, key, owner });
  }));
  for (const name of ['uprobes', 'weir', 'weir_', 'my_weir_a_1_2', 'weird_a_1_2', 'weir_a_1_2']) expect(groupNamed(name)).toBe(null);
});

test('arguments go to entry or return, and the filter to the one that it speaks of', () => {
  const both = readingsOf({ returns: true, arguments: ['a=%di:s32', 'r=$retval:u8'], filter: 'r > 0x10' });
  expect(both.ok && both.value.map(({ role, fetches, filter }) => [role, fetches.map(fetchText), filter])).toEqual([['entry', ['a=%di:s32'], null], ['return', ['r=$retval:u8'], 'r > 0x10']]);
  for (const argument of ['a=%di:s32\nr:other', 'a=%di s32', 'a b=%di', '=%di', 'a=`id`', 'a=%di:s33']) expect(readingsOf({ returns: false, arguments: [argument] }).ok).toBe(false);
});

test('registers of parameters: none is guessed behind what is passed in ways of its own', () => {
  const told = (kind: string, bytes: number) => ({ name: 'p', type: 't', kind, bytes });
  expect(fetched({ returnsInMemory: false, parameters: [told('i', 1), told('f', 8), told('u', 8), told('t', 8), told('a', 24), told('i', 4)] }, 'x86-64').map(({ argument }) => argument)).toEqual(['p=%di:s8', null, 'p=%si:u64', 'p=+0(%dx):string', null, null]);
  expect(fetched({ returnsInMemory: true, parameters: [told('i', 4)] }, 'x86-64')[0]?.argument).toBe('p=%si:s32');
  expect(fetched({ returnsInMemory: true, parameters: [told('i', 4)] }, 'arm64')[0]?.argument).toBe('p=%x0:s32');
  expect(fetched({ returnsInMemory: false, parameters: Array.from({ length: 7 }, () => told('i', 4)) }, 'x86-64')[6]?.argument).toBe(null);
});

test('arguments of USDT marks in words of the kernel', () => {
  const x86 = ['-4@%edi', '8@%rax', '1@%al', '2@%si', '-8@-24(%rbp)', '4@8(%rsp)', '8@(%rdi)', '4@$5', '4@%r10d'].map((text) => fetchOf(text, 'x86-64'));
  expect(x86).toEqual(['%di:s32', '%ax:u64', '%ax:u8', '%si:u16', '-24(%bp):s64', '+8(%sp):u32', '+0(%di):u64', '\\5:u32', '%r10:u32']);
  for (const text of ['8f@%xmm0', '4@%ah', '8@symbol(%rip)', '4@(%rax,%rbx,4)', '16@%rax', '']) expect(fetchOf(text, 'x86-64')).toBe(null);
  expect(['-4@w0', '8@x20', '8@[sp, 16]', '4@[x29, -8]', '4@7'].map((text) => fetchOf(text, 'arm64'))).toEqual(['%x0:s32', '%x20:u64', '+16(%sp):u64', '-8(%x29):u32', '\\7:u32']);
});

test('a file that lies about itself is refused or empty, never a crash', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-elf-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 58, maxLength: 3000 }), async (bytes) => {
    const path = join(folder, 'lie');
    const content = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]), bytes]);
    content.writeUInt16LE(62, 18);
    content.writeUInt16LE(56, 54);
    content.writeUInt16LE(64, 58);
    content.writeBigUInt64LE(BigInt(content.readUInt8(32)), 32);
    content.writeBigUInt64LE(BigInt(content.readUInt8(40)), 40);
    await writeFile(path, content);
    const file = await open(path);
    const elf = await readElf(file, path);
    let count = 0;
    if (elf.ok) { for await (const found of functionsOf(elf.value)) { count++; expect(found.fileOffset).toBeGreaterThanOrEqual(0); } count += (await usdtPlaces(elf.value)).length; }
    await file.close();
    expect(count).toBeLessThan(10_000);
  }), { numRuns: 60 });
});

test('names: demangled where c++filt is there, searched by what is in them, offered when they are near', async () => {
  const shown = await demangled(tools, ['_ZN3foo3barEi', 'main'], new AbortController().signal);
  expect(shown).toEqual(await tools.find('c++filt') === null ? ['_ZN3foo3barEi', 'main'] : ['foo::bar(int)', 'main']);
  expect(mayHold('_ZN3foo3barEi', 'foo::bar(int)')).toBe(true);
  expect(mayHold('_ZN3foo3barEi', 'foo::baz')).toBe(false);
  expect(nearestOf('wrok', ['main', 'work', 'worker', 'something_else_entirely'])[0]).toBe('work');
  expect(distanceOf('kitten', 'sitting', 10)).toBe(3);
});
