// Values without a type have that of the function's declaration (DWARF); what the kernel cannot fetch is said, not guessed. Registers that are not written
// as the kernel has them are refused before it is asked.
import { afterAll, describe, expect, test } from 'vitest';
import { uprobeSpec, type UprobeSpec } from '../../../model/index.ts';
import { until } from '../../test-support/until.ts';
import { fetchText, missingReturn, readingsOf, type Declared } from './arguments.ts';
import { uprobeMechanism } from './index.ts';
import { typedBy } from './parameters.ts';
import { Notes, ports, Seen, Targets, whyNot } from './testing/here.ts';

const declared = (returns: Declared['returns'], registers: Declared['registers'] = new Map()): Declared => ({ returns, registers });
const texts = (spec: Partial<UprobeSpec>, by: Declared): readonly string[] => {
  const read = readingsOf({ returns: false, arguments: [], ...spec }, by);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.flatMap(({ fetches }) => fetches.map(fetchText));
};

test('what has no type gets the declared one; what has one keeps it; of nobody knows what it is 64 bits with a sign', () => {
  const int = { type: 'int', fetchType: 's32' };
  expect(texts({ returns: true }, declared(int))).toEqual(['ret=$retval:s32']);
  expect(texts({ returns: true }, declared(null))).toEqual(['ret=$retval:s64']);
  expect(texts({ returns: true, arguments: ['r=$retval', 'a=%di', 'b=%si:u8', 'c=%dx'] }, declared(int, new Map([['%di', int], ['%si', int]])))).toEqual(['a=%di:s32', 'b=%si:u8', 'c=%dx', 'r=$retval:s32']);
  expect(texts({ returns: true, arguments: ['r=$retval:u8'] }, declared(int))).toEqual(['r=$retval:u8']);
});

test('a double, a struct in two registers and nothing are not fetched, and it is said', () => {
  for (const [type, kind, bytes, words] of [['double', 'f', 8, 'double is returned in registers that the kernel does not fetch'], ['struct pair', 'a', 16, 'struct pair is returned'], ['void', 'v', 1, 'nothing (void)']] as const) {
    const by = declared(typedBy({ type, kind, bytes }, false));
    expect(texts({ returns: true }, by)).toEqual([]);
    expect(missingReturn({ returns: true, arguments: [] }, by)).toContain(words);
    expect(readingsOf({ returns: true, arguments: ['r=$retval'] }, by)).toMatchObject({ ok: false, error: { code: 'probe.bad-argument', message: expect.stringContaining(words) } });
  }
  expect(typedBy({ type: 'struct big', kind: 'a', bytes: 64 }, true).fetchType).toBe('x64');
});

test.each([['a=edi', 'written %di'], ['a=rsi:s32', 'written %si'], ['a=%edi:s32', '%edi is written %di'], ['a=+0(%rdi):string', '%rdi is written %di'], ['a=r8d', 'written %r8'], ['a=w3', 'written %x3'], ['edi', 'written %di']])('%s is refused in words', (argument, words) => {
  const read = readingsOf({ returns: false, arguments: [argument] });
  expect(read).toMatchObject({ ok: false, error: { code: 'probe.bad-argument', message: expect.stringContaining(words) } });
});
test.each(['a=%di', '%si:u8', 'a=%x0:s32', 'a=%r10', 'a=+8(%bp):u64', 'a=$stack0', 'a=@0x1234:u32', 'a=%sp'])('%s is left to the kernel', (argument) => { expect(readingsOf({ returns: false, arguments: [argument] }).ok).toBe(true); });

const reason = await whyNot('gcc', 'gdb');
describe.skipIf(reason !== null)(`in a process${reason === null ? '' : ` (skipped: ${reason})`}`, { timeout: 60_000 }, () => {
  const targets = new Targets();
  afterAll(() => targets.end());
  let keys = 0;

  test('values on return are those that the function returned', async () => {
    const program = await targets.build('returns');
    const { process } = await targets.start(program);
    const mechanism = uprobeMechanism(ports);
    const signal = new AbortController().signal;
    const said = async (symbol: string, more: Partial<UprobeSpec> = {}): Promise<readonly [Record<string, unknown>, string]> => {
      const seen = new Seen();
      const done = await mechanism.insert({ key: `declared_${++keys}`, spec: uprobeSpec.parse({ binary: program, symbol, returns: true, ...more }), process, signal }, seen, new Notes().note);
      if (!done.ok) throw new Error(done.error.message);
      await until(() => seen.hits.length > 0);
      await done.value.remove();
      return [{ ...seen.hits[0]?.values }, done.value.resolved ?? ''];
    };
    const values: unknown[] = [];
    for (const kind of ['int', 'unsigned', 'char', 'short', 'bool', 'long', 'enum', 'pointer', 'struct']) values.push((await said(`returns_${kind}`))[0]['ret']);
    expect(values).toEqual([-1, 4294967294, -5, -300, 1, -7000000000, -3, expect.stringMatching(/^0x[0-9a-f]+$/), expect.stringMatching(/^0x7f[0-9a-f]+$/)]);
    expect(await said('returns_double')).toEqual([{}, expect.stringContaining('double is returned in registers that the kernel does not fetch')]);
    expect(await said('returns_nothing')).toEqual([{}, expect.stringContaining('it returns nothing (void)')]);
    expect((await said('work', { arguments: ['n=%di', 'r=$retval'], filter: 'n < 0' }))[0]).toMatchObject({ n: expect.any(Number), r: expect.any(Number) });
    expect((await said('returns_int', { filter: 'ret < 0' }))[0]).toEqual({ ret: -1 });
    const preview = await mechanism.preview({ spec: uprobeSpec.parse({ binary: program, symbol: 'returns_int', returns: true }), process, signal });
    expect([preview.reads, preview.problems]).toEqual([['on return: ret=$retval:s32'], []]);
  });
});
