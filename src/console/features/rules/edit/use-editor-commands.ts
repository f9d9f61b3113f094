// What a person can do with the rule in the editor, over the commands that all views share.
import { useNavigate } from '@tanstack/react-router';
import type { RuleDetail, RuleMode, RuleVersion } from '../../../../model/index.ts';
import { ruleEditorSearch, toast, useDrafts, useUrlState } from '../../../state/index.ts';
import { useRuleCommands, type RuleCommands } from '../commands/index.ts';
import { askedFor, type Asked } from './comparison.ts';
import type { AskedDeployment } from './deploy-question.tsx';
import { download } from './download.ts';
import type { RuleDraftState } from './use-rule-draft.ts';

export interface EditorCommands {
  readonly busy: RuleCommands['busy'];
  readonly save: () => void;
  /** Exactly what was asked about: its text is saved first when it is not, and not over what somebody saved meanwhile. */
  readonly deploy: (asked: AskedDeployment, mode: RuleMode) => void;
  readonly disable: () => void;
  readonly remove: () => void;
  readonly revert: () => void;
  readonly restore: (version: RuleVersion) => void;
  readonly duplicate: () => void;
  readonly download: () => void;
  /** Opens the comparison. */
  readonly compare: (asked: Asked) => void;
  readonly compareVersion: (version: number) => void;
}

export function useEditorCommands(draft: RuleDraftState, rule: RuleDetail | null): EditorCommands {
  const commands = useRuleCommands();
  const navigate = useNavigate();
  const [search, setSearch] = useUrlState(ruleEditorSearch);
  /** The rule as it stands on the server then; null after a failure. */
  const saveText = async (text: string, base: number): Promise<RuleDetail | null> => {
    const saved = await commands.save(rule === null ? null : { id: rule.id, base }, draft.fields?.name ?? 'The rule', text);
    if (saved !== null) draft.saved(saved, text);
    return saved;
  };
  const save = async () => {
    const saved = await saveText(draft.current(), draft.baseVersion);
    if (saved !== null) toast({ title: `${saved.name} version ${saved.latestVersion} is saved`, detail: 'Nothing is deployed by saving.' });
  };
  const deploy = async (asked: AskedDeployment, mode: RuleMode) => {
    const saved = asked.saves ? await saveText(asked.text, asked.baseVersion) : rule;
    if (saved !== null) await commands.deploy(saved, asked.saves ? saved.latestVersion : asked.version, mode);
  };
  const remove = async (gone: RuleDetail) => {
    if (!await commands.remove(gone)) return;
    useDrafts.getState().drop(gone.id);
    void navigate({ to: '/rules' });
  };
  const compare = (asked: Asked) => setSearch({ tab: 'compare', version: asked.version, against: asked.against, ...(search.view === 'picture' && { view: 'both' }) }, { replace: true });
  return {
    busy: commands.busy, save: () => void save(), deploy: (asked, mode) => void deploy(asked, mode), compare,
    disable: () => { if (rule !== null) void commands.disable(rule); },
    remove: () => { if (rule !== null) void remove(rule); },
    duplicate: () => { if (rule !== null) void navigate({ to: '/rules/new', search: { copyOf: rule.id } }); },
    download: () => download(`${draft.fields?.name || 'rule'}.yaml`, draft.text),
    compareVersion: version => { if (rule !== null) compare(askedFor(rule, draft.text, version)); },
    restore: version => {
      draft.setText(version.text);
      setSearch({ tab: undefined, version: undefined, against: undefined }, { replace: true });
      toast({ title: `Version ${version.version} is back in the editor`, detail: 'Save it to make it a new version.' });
    },
    revert: () => {
      const edited = draft.text;
      draft.revert();
      toast({ title: rule === null ? 'Back to what it began with' : 'Back to the last save', action: { label: 'Undo', run: () => draft.setText(edited) } });
    },
  };
}
