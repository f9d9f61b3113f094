// What a person must know about the open text before going on: somebody else saved, the edits are from an earlier visit, or a name in it is called
// otherwise by now.
import type { RuleDetail } from '../../../../model/index.ts';
import { useFollowing } from '../../../api/index.ts';
import { FollowsWords } from '../../../ui/index.ts';
import { LeftEdits } from './left-edits.tsx';
import { NewerVersion } from './newer-version.tsx';
import type { EditorCommands } from './use-editor-commands.ts';
import type { RuleDraftState } from './use-rule-draft.ts';

export interface NoticesProps { readonly draft: RuleDraftState; readonly rule: RuleDetail; readonly commands: EditorCommands }

export function Notices({ draft, rule, commands }: NoticesProps) {
  const { newerVersion } = draft;
  const follows = useFollowing().data?.rules[rule.id] ?? [];
  return (
    <>
      {newerVersion !== null && commands.busy === null && <NewerVersion version={newerVersion} onCompare={() => commands.compare({ version: newerVersion })} onLoad={() => draft.takeTheirs(rule)} onKeep={() => draft.keepMine(rule)} />}
      {follows.length > 0 && <div className="pad bb" role="status"><FollowsWords follows={follows} /></div>}
      <LeftEdits atMs={draft.leftAtMs} onCompare={() => commands.compare({ version: rule.latestVersion })} onDiscard={commands.revert} />
    </>
  );
}
