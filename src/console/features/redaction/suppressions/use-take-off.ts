// Takes a suppression off in one step: a new version of its policy without the entry is saved and deployed as the policy ran. The
// message that follows undoes it the same way: another version with the entry, so that the history tells both.
import { useState } from 'react';
import type { RuleMode } from '../../../../model/index.ts';
import { editRule } from '../../../../rules/index.ts';
import { useDeployRule, useSaveRule } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { plural } from '../../../ui/index.ts';
import { tellFailure } from '../words/tell-failure.ts';
import type { Suppression } from './suppression-list.ts';

/** Whether one step will do: of a policy with a newer version than what runs, the rest of that version is a person's to judge. */
export const isOneStep = ({ policy: { rule } }: Suppression): boolean => rule.deployedVersion === rule.latestVersion;

/** The policy's text without the entry; null when it cannot be taken out of the text. */
export function textWithout({ policy: { version }, index }: Suppression): string | null {
  const edited = editRule(version.text, [{ path: ['entries', index], value: undefined }]);
  return edited.ok ? edited.value : null;
}

export function useTakeOff(): { readonly busy: boolean; readonly takeOff: (suppression: Suppression) => Promise<void> } {
  const save = useSaveRule().mutateAsync;
  const deploy = useDeployRule().mutateAsync;
  const [busy, setBusy] = useState(false);
  const run = async (id: string, text: string, note: string, base: number, mode: RuleMode) => {
    const { latestVersion } = await save({ id, text, note, base });
    return deploy({ id, version: latestVersion, mode });
  };
  const putBack = async ({ policy: { rule, version } }: Suppression, base: number) => {
    try {
      await run(rule.id, version.text, 'a suppression put back', base, rule.mode ?? 'live');
      toast({ about: rule.id, title: `${rule.name} lets it pass again` });
    } catch (error) { tellFailure(error); }
  };
  const takeOff = async (suppression: Suppression) => {
    const { rule } = suppression.policy;
    const text = textWithout(suppression);
    if (text === null) { toast({ kind: 'error', title: 'The entry was not taken off', detail: `The text of ${rule.name} is laid out so that it cannot be taken out by itself. Open the policy and delete it there.` }); return; }
    setBusy(true);
    try {
      const after = await run(rule.id, text, 'a suppression taken off', rule.latestVersion, rule.mode ?? 'live');
      toast({ about: rule.id, title: `${rule.name} no longer lets it pass`, detail: `Version ${after.latestVersion} is on its way to ${plural(after.targetAgents, 'agent')}.`, action: { label: 'Undo', run: () => void putBack(suppression, after.latestVersion) } });
    } catch (error) { tellFailure(error); } finally { setBusy(false); }
  };
  return { busy, takeOff };
}
