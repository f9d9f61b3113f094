// What a session does when the process tells it nonsense; the process is a list of answers here.
import { expect, it } from 'vitest';
import type { ProbeEnd } from '../../../model/index.ts';
import type { Attached } from '../../actions/inspector/index.ts';
import { ProcessSession } from './process-session.ts';

it.each([['no JSON at all', '[{'], ['a number that is none', JSON.stringify([{ key: 'k1', hits: [], lost: null, passes: 0, spentMs: 0, faults: 0, fault: null }])], ['nothing', undefined]])('a probe ends as a fault when the process tells of its hits %s', async (_, drained) => {
  const ends: [ProbeEnd, string | undefined][] = [];
  let closed = 0;
  const call = async (method: string, { expression }: { expression?: string } = {}): Promise<unknown> => (method === 'Runtime.evaluate' ? { result: { value: expression?.includes('drain()') === true ? drained : true } } : {});
  const attached = { session: { call, on: () => undefined, closed: new Promise(() => undefined) }, wasOpen: false, close: async () => { closed++; return true; } } as unknown as Attached;
  const session = await ProcessSession.open(attached, async () => null, async () => true);
  await session.add({ key: 'k1', does: 'record', names: [], bounds: { depth: 1, entries: 1, characters: 16, bytes: 256 }, mostWaiting: 1 }, null, { took: () => Promise.reject(new Error('not taken')), ended: (end, why) => { ends.push([end, why?.code]); } });
  await session.drain(null);
  expect(ends).toEqual([['fault', 'probe.not-readable']]);
  expect([await session.close(), closed]).toEqual([true, 1]);
});
