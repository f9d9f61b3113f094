// Two texts of the rule side by side: a version, and the text in hand or another version.
import type { RuleDetail } from '../../../../model/index.ts';
import { TextDiff } from '../../../editor/index.ts';
import { EmptyState, Select } from '../../../ui/index.ts';
import { comparisonOf, type Asked } from './comparison.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export interface ComparePaneProps { readonly editor: RuleEditorState; readonly rule: RuleDetail; readonly asked: Asked; readonly onAsk: (asked: Asked) => void }

const inHand = 'in-hand';

export function ComparePane({ editor: { draft }, rule, asked, onAsk }: ComparePaneProps) {
  const shown = comparisonOf(rule, draft.text, asked);
  if (shown === null) return <EmptyState title="Nothing to compare yet">No saved version differs from the text in hand. Edit the text, and what changed shows here.</EmptyState>;
  const versions = rule.versions.toSorted((a, b) => b.version - a.version).map(one => ({ value: String(one.version), label: `Version ${one.version}`, detail: <span className="t3">{one.version === rule.deployedVersion ? 'deployed' : one.note || one.author}</span> }));
  const { left, right } = shown;
  const rightWords = right === null ? 'the text in hand' : `version ${right.version}`;
  return (
    <div className="col grow">
      <div className="rules-compare">
        <Select label="Version to compare with" size="s" value={String(left.version)} options={versions} onChange={next => onAsk({ version: Number(next), against: right?.version })} />
        <Select label="Text that is compared" size="s" value={right === null ? inHand : String(right.version)} options={[{ value: inHand, label: `The text in hand${draft.dirty ? ', edited' : ''}` }, ...versions]} onChange={next => onAsk({ version: left.version, against: next === inHand ? undefined : Number(next) })} />
        {left.text === (right?.text ?? draft.text) && <span className="t3 nw">Nothing differs.</span>}
      </div>
      <div className="grow"><TextDiff language="yaml" label={`Version ${left.version} and ${rightWords}`} original={left.text} modified={right?.text ?? draft.text} /></div>
    </div>
  );
}
