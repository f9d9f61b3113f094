// Commands on many rules at once, with one message and one undo for all of them.
import { toast } from '../../../state/index.ts';
import { plural } from '../../../ui/index.ts';
import type { RuleMode } from '../../../../model/index.ts';
import { followMoves } from '../list/follow-moves.ts';
import type { MovedWords } from '../list/move-words.ts';
import type { NewOrder } from '../list/rule-order.ts';
import { endingAt, type Means, type RuleRef } from './one-rule.ts';

export type BulkAction = 'deploy' | 'disable' | 'delete';
const doing = { deploy: 'deploying', disable: 'disabling', delete: 'deleting' } as const;
const done = { deploy: 'on the way', disable: 'disabled', delete: 'deleted' } as const;

export async function bulk(means: Means, action: BulkAction, rules: readonly RuleRef[], mode: RuleMode = 'live'): Promise<boolean> {
  const all = await means.attempt(doing[action], 'Nothing was done', async () => {
    const { results } = await means.writes.many({ action, ids: rules.map(({ id }) => id), mode });
    const failed = results.filter(({ ok }) => !ok);
    const nameOf = (id: string) => rules.find(rule => rule.id === id)?.name ?? id;
    const changed = rules.filter(({ id }) => !failed.some(one => one.id === id));
    if (changed.length > 0) toast({ title: `${plural(changed.length, 'rule')} ${done[action]}${mode === 'shadow' ? ' as shadows' : ''}`, action: action === 'delete' ? undefined : { label: 'Undo', run: () => void backAsTheyWere(means, changed) } });
    if (failed.length > 0) toast({ kind: 'error', title: `${plural(failed.length, 'rule')} not done`, detail: failed.map(({ id, error }) => `${nameOf(id)}: ${error?.message ?? 'no reason given'}`).join(' ') });
    return failed.length === 0;
  });
  return all ?? false;
}

/** Each as it ran before, or off: what was done to many, undone. */
const backAsTheyWere = ({ attempt, writes }: Means, rules: readonly RuleRef[]) => attempt('deploying', 'Not all of it could be undone', async () => {
  const over: string[] = [];
  for (const { id, name, deployedVersion, mode, expiresAt } of rules) {
    if (deployedVersion === null) await writes.stop({ id });
    else if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) over.push(name);
    else await writes.start({ id, version: deployedVersion, mode: mode ?? 'live', ...endingAt(expiresAt) });
  }
  toast({ title: `${plural(rules.length - over.length, 'rule')} as before`, ...(over.length > 0 && { detail: `${over.join(', ')} would have ended by now, so nothing was done with ${over.length === 1 ? 'it' : 'them'}.` }) });
});

export async function reorder({ attempt, writes }: Means, name: string, orders: readonly NewOrder[], before: readonly NewOrder[], words: MovedWords): Promise<boolean> {
  const place = async (wanted: readonly NewOrder[]): Promise<void> => {
    await writes.move({ rules: [...wanted] });
    await followMoves(wanted, writes.read);
  };
  const moved = await attempt('moving', `${name} was not moved`, async () => {
    await place(orders);
    toast({ ...words, action: { label: 'Undo', run: () => void attempt('moving', `${name} was not moved back`, () => place(before)) } });
    return true;
  });
  return moved ?? false;
}
