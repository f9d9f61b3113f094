// What an undo deploys again keeps the end that it had.
import { afterEach, expect, it } from 'vitest';
import { useToasts } from '../../../state/index.ts';
import { ruleDetail } from '../testing/fakes.ts';
import { bulk } from './many-rules.ts';
import { disable, type Means } from './one-rule.ts';

afterEach(() => { useToasts.setState({ toasts: [] }); });

const later = new Date(Date.now() + 3_600_000).toISOString();
const running = (name: string, expiresAt: string | null) => ruleDetail(name, { state: 'deployed', deployedVersion: 1, mode: 'live', expiresAt });

function means() {
  const started: unknown[] = [];
  const writes = { start: async (wish: unknown) => { started.push(wish); return ruleDetail('any'); }, stop: async () => ruleDetail('any'), many: async ({ ids }: { ids: string[] }) => ({ results: ids.map(id => ({ id, ok: true })) }) };
  return { started, means: { attempt: (_what, _sorry, work) => work(), writes: writes as unknown as Means['writes'] } satisfies Means as Means };
}
const undo = () => useToasts.getState().toasts.at(-1)!.action!.run();

it('of many: those that would have ended by now stay off, and are named', async () => {
  const { started, means: by } = means();
  await bulk(by, 'disable', [running('timed', later), running('over', '2020-01-01T00:00:00.000Z'), running('open', null)]);
  undo();
  await expect.poll(() => started).toEqual([{ id: 'id-timed', version: 1, mode: 'live', expiresAt: later }, { id: 'id-open', version: 1, mode: 'live' }]);
  await expect.poll(() => useToasts.getState().toasts.at(-1)).toMatchObject({ title: '2 rules as before', detail: expect.stringContaining('over would have ended by now') });
});

it('of one', async () => {
  const { started, means: by } = means();
  await disable(by, running('timed', later));
  undo();
  await expect.poll(() => started).toMatchObject([{ version: 1, expiresAt: later }]);
});
