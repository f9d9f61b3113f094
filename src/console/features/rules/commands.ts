// Save, deploy, disable and delete, with the message that follows each and its undo. Failures become messages that stay.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleDetail, RuleDocument, RuleSummary } from '../../../model/index.ts';
import { explainFailure, keys, useCreateRule, useDeleteRule, useDeployRule, useDisableRule, useSaveRule } from '../../api/index.ts';
import { toast } from '../../state/index.ts';
import { plural } from '../../ui/index.ts';

type RuleRef = Pick<RuleSummary, 'id' | 'name' | 'state' | 'deployedVersion' | 'latestVersion' | 'targetAgents'>;

export interface RuleCommands {
  /** What is under way, in a word; null when nothing is. */
  readonly busy: 'saving' | 'deploying' | 'disabling' | 'deleting' | null;
  /** All resolve to null (false) after telling the person what went wrong. `id` null creates. */
  save(id: string | null, document: RuleDocument, note: string): Promise<RuleDetail | null>;
  deploy(rule: RuleRef, version: number): Promise<RuleDetail | null>;
  disable(rule: RuleRef): Promise<RuleDetail | null>;
  remove(rule: RuleRef): Promise<boolean>;
}

export function useRuleCommands(): RuleCommands {
  const client = useQueryClient();
  const create = useCreateRule(), update = useSaveRule(), start = useDeployRule(), stop = useDisableRule(), erase = useDeleteRule();
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

  const commands: RuleCommands = {
    busy,
    save: (id, document, note) => attempt('saving', `${document.name} was not saved`, async () =>
      keep(await (id === null ? create.mutateAsync({ document, note }) : update.mutateAsync({ id, document, note })))),
    deploy: (rule, version) => attempt('deploying', `${rule.name} was not deployed`, async () => {
      const after = keep(await start.mutateAsync({ id: rule.id, version }));
      const before = rule.state === 'deployed' ? rule.deployedVersion : null;
      const undo = () => void (before === null ? commands.disable({ ...after, state: 'deployed' }) : commands.deploy(after, before));
      toast({ title: `${rule.name} version ${version} is on its way`, detail: `To ${plural(after.targetAgents, 'agent')}; the measured effect follows within seconds.`, action: { label: 'Undo', run: undo } });
      return after;
    }),
    disable: rule => attempt('disabling', `${rule.name} still runs`, async () => {
      const version = rule.deployedVersion ?? rule.latestVersion;
      const after = keep(await stop.mutateAsync({ id: rule.id }));
      toast({ title: `${rule.name} is disabled`, detail: 'Records pass untouched again.', action: { label: 'Undo', run: () => void commands.deploy(after, version) } });
      return after;
    }),
    remove: async rule => (await attempt('deleting', `${rule.name} was not deleted`, async () => {
      await erase.mutateAsync({ id: rule.id, force: rule.state === 'deployed' });
      toast({ title: `${rule.name} is deleted` });
      return true;
    })) ?? false,
  };
  return commands;
}
