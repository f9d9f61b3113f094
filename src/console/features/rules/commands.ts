// Save, deploy, disable, delete and move, one rule or many, with the message that follows each and its undo. Failures become
// messages that stay.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleDetail, RuleMode, RuleSummary } from '../../../model/index.ts';
import { explainFailure, keys, readRule, useBulkRules, useCreateRule, useDeleteRule, useDeployRule, useDisableRule, useReorderRules, useSaveRule } from '../../api/index.ts';
import { toast, usePreferences } from '../../state/index.ts';
import { formatDateTime, plural } from '../../ui/index.ts';
import { edited } from './draft/index.ts';
import { followMoves } from './list/follow-moves.ts';
import type { NewOrder } from './list/rule-order.ts';

type RuleRef = Pick<RuleSummary, 'id' | 'name' | 'state' | 'deployedVersion' | 'latestVersion' | 'targetAgents' | 'mode'>;
export type BulkAction = 'deploy' | 'disable' | 'delete';

export interface RuleCommands {
  /** What is under way, in a word; null when nothing is. */
  readonly busy: 'saving' | 'deploying' | 'disabling' | 'deleting' | 'moving' | null;
  /** All resolve to null (false) after telling the person what went wrong. `rule` null creates; a version that somebody saved
   *  since `latestVersion` was shown is not written over unseen. */
  save(rule: Pick<RuleRef, 'id' | 'latestVersion'> | null, name: string, text: string, note: string): Promise<RuleDetail | null>;
  deploy(rule: RuleRef, version: number, mode: RuleMode): Promise<RuleDetail | null>;
  disable(rule: RuleRef): Promise<RuleDetail | null>;
  /** A rule that ended runs again as it did, for another while: a duration as documents have it; null for the one in its text. */
  enableAgain(rule: RuleRef & Pick<RuleSummary, 'ended'>, expires: string | null): Promise<RuleDetail | null>;
  remove(rule: RuleRef): Promise<boolean>;
  /** Each rule by itself: what failed is named, and the others are done. */
  bulk(action: BulkAction, rules: readonly RuleRef[]): Promise<boolean>;
  /** `before` is the order of the same rules now, to go back to. */
  reorder(name: string, orders: readonly NewOrder[], before: readonly NewOrder[]): Promise<boolean>;
}

export function useRuleCommands(): RuleCommands {
  const client = useQueryClient();
  const create = useCreateRule(), update = useSaveRule(), start = useDeployRule(), stop = useDisableRule(), erase = useDeleteRule(), many = useBulkRules(), move = useReorderRules();
  const [busy, setBusy] = useState<RuleCommands['busy']>(null);

  const attempt = async <T,>(what: NonNullable<RuleCommands['busy']>, sorry: string, work: () => Promise<T>): Promise<T | null> => {
    setBusy(what);
    try { return await work(); } catch (error) {
      const { title, help } = explainFailure(error);
      toast({ kind: 'error', title: sorry, detail: [title, help].filter(Boolean).join('. ') });
      return null;
    } finally { setBusy(null); }
  };
  // The answer is the newest truth; views show it without waiting for the next poll.
  const keep = (rule: RuleDetail): RuleDetail => { client.setQueryData(keys.rule(rule.id), rule); return rule; };

  /** Each as it ran before, or off: what was done to many, undone. */
  const backAsTheyWere = (rules: readonly RuleRef[]) => attempt('deploying', 'Not all of it could be undone', async () => {
    for (const { id, deployedVersion, mode } of rules) {
      if (deployedVersion === null) await stop.mutateAsync({ id });
      else await start.mutateAsync({ id, version: deployedVersion, mode: mode ?? 'live' });
    }
    toast({ title: `${plural(rules.length, 'rule')} as before` });
  });
  const place = async (orders: readonly NewOrder[]): Promise<void> => {
    await move.mutateAsync({ rules: [...orders] });
    await followMoves(orders, id => client.fetchQuery({ queryKey: keys.rule(id), queryFn: () => readRule(id) }));
  };

  const commands: RuleCommands = {
    busy,
    save: (rule, name, text, note) => attempt('saving', `${name} was not saved`, async () =>
      keep(await (rule === null ? create.mutateAsync({ text, note }) : update.mutateAsync({ id: rule.id, text, note, base: rule.latestVersion })))),
    deploy: (rule, version, mode) => attempt('deploying', `${rule.name} was not deployed`, async () => {
      const after = keep(await start.mutateAsync({ id: rule.id, version, mode }));
      const before = rule.state === 'deployed' ? rule.deployedVersion : null;
      const undo = () => void (before === null ? commands.disable({ ...after, state: 'deployed' }) : commands.deploy(after, before, rule.mode ?? 'live'));
      toast({ title: `${rule.name} version ${version} is on its way${mode === 'shadow' ? ' as a shadow' : ''}`, detail: `To ${plural(after.targetAgents, 'agent')}; ${mode === 'shadow' ? 'it only counts what it would do' : 'the measured effect follows within seconds'}.`, action: { label: 'Undo', run: undo } });
      return after;
    }),
    disable: rule => attempt('disabling', `${rule.name} still runs`, async () => {
      const version = rule.deployedVersion ?? rule.latestVersion;
      const after = keep(await stop.mutateAsync({ id: rule.id }));
      toast({ title: `${rule.name} is disabled`, detail: `It stopped on ${plural(rule.targetAgents, 'agent')}. Records pass it untouched again.`, action: { label: 'Undo', run: () => void commands.deploy(after, version, rule.mode ?? 'live') } });
      return after;
    }),
    enableAgain: (rule, expires) => attempt('deploying', `${rule.name} was not enabled`, async () => {
      const mode = rule.ended?.mode ?? 'live';
      const before = await client.fetchQuery({ queryKey: keys.rule(rule.id), queryFn: () => readRule(rule.id) });
      const ran = before.versions.find(({ version }) => version === rule.ended?.version);
      const version = expires === null || ran === undefined ? rule.ended?.version ?? before.latestVersion : (await update.mutateAsync({ id: rule.id, text: edited(ran.text, [{ path: ['expires'], value: expires }]) ?? ran.text, note: `ends after ${expires}`, base: before.latestVersion })).latestVersion;
      const after = keep(await start.mutateAsync({ id: rule.id, version, mode }));
      toast({ title: `${rule.name} runs again`, detail: `Version ${version}${mode === 'shadow' ? ' in shadow' : ''}, on ${plural(after.targetAgents, 'agent')}${after.expiresAt === null ? '' : `, until ${formatDateTime(Date.parse(after.expiresAt), usePreferences.getState().timeZone)}`}.`, action: { label: 'Undo', run: () => void commands.disable({ ...after, state: 'deployed' }) } });
      return after;
    }),
    remove: async rule => (await attempt('deleting', `${rule.name} was not deleted`, async () => {
      await erase.mutateAsync({ id: rule.id, force: rule.state === 'deployed' });
      toast({ title: `${rule.name} is deleted` });
      return true;
    })) ?? false,
    bulk: async (action, rules) => (await attempt(action === 'deploy' ? 'deploying' : action === 'disable' ? 'disabling' : 'deleting', 'Nothing was done', async () => {
      const { results } = await many.mutateAsync({ action, ids: rules.map(({ id }) => id), mode: 'live' });
      const failed = results.filter(({ ok }) => !ok);
      const nameOf = (id: string) => rules.find(rule => rule.id === id)?.name ?? id;
      const done = rules.filter(({ id }) => !failed.some(one => one.id === id));
      if (done.length > 0) toast({ title: `${plural(done.length, 'rule')} ${{ deploy: 'on the way', disable: 'disabled', delete: 'deleted' }[action]}`, action: action === 'delete' ? undefined : { label: 'Undo', run: () => void backAsTheyWere(done) } });
      if (failed.length > 0) toast({ kind: 'error', title: `${plural(failed.length, 'rule')} not done`, detail: failed.map(({ id, error }) => `${nameOf(id)}: ${error?.message ?? 'no reason given'}`).join(' ') });
      return failed.length === 0;
    })) ?? false,
    reorder: async (name, orders, before) => (await attempt('moving', `${name} was not moved`, async () => {
      await place(orders);
      toast({ title: `${name} moved`, detail: orders.length > 1 ? `${plural(orders.length, 'rule')} got a new number and a new version.` : 'It has a new version; what was deployed runs with it.', action: { label: 'Undo', run: () => void attempt('moving', `${name} was not moved back`, () => place(before)) } });
      return true;
    })) ?? false,
  };
  return commands;
}
