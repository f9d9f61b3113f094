// Under the text: what the rule would do, and beside it risk, effect and versions.
import type { RuleDetail, RuleKind } from '../../../../model/index.ts';
import { ResizablePanes } from '../../../ui/index.ts';
import { DryRunPane } from '../dry-run/index.ts';
import { BelowArmed } from './below-armed.tsx';
import { SidePane, type SidePaneProps } from './side-pane.tsx';

export interface BelowProps extends SidePaneProps {
  /** Why no dry run can start now. */
  readonly blocked: string | null;
  /** How often a person asked for a run: each brings the replay of an armed net to the front. */
  readonly asked: number;
}

export function Below(props: BelowProps) {
  const { editor, blocked, rule } = props;
  const side: SidePaneProps = props;
  // Until the text in hand was read, what was saved last.
  const document = editor.machine ?? (rule?.document.kind === 'state-machine' ? rule.document : null);
  if (rule !== null && document !== null && isArmedNet(rule)) return <BelowArmed {...props} rule={rule} document={document} />;
  return (
    <ResizablePanes id="rules.side" label="Risk, effect and versions" defaultSize={400} minSize={280} maxSize={620}
      first={<DryRunPane dryRun={editor.dryRun} run={editor.runDry} blocked={blocked} stale={editor.stale} onEdit={editor.draft.edit} text={editor.draft.text} />}
      second={<SidePane {...side} />} />
  );
}

/** A net that runs on agents: what it does there comes before what it would do. */
export const isArmedNet = ({ kind, state }: Pick<RuleDetail, 'kind' | 'state'>): boolean => kind === 'state-machine' && state === 'deployed';

/** A graph and forms want the height. Of a small screen the dry run takes less. */
export const lowerPane = (kind: RuleKind, armed = false) => armed ? { id: 'rules.lower-armed', defaultSize: Math.min(320, Math.round(window.innerHeight * 0.34)) } : kind === 'redaction-policy' ? { id: 'rules.lower-policy', defaultSize: Math.min(220, Math.round(window.innerHeight * 0.24)) } : kind === 'state-machine' ? { id: 'rules.lower-net', defaultSize: Math.max(230, Math.min(320, Math.round(window.innerHeight * 0.33))) } : { id: 'rules.lower', defaultSize: Math.min(360, Math.round(window.innerHeight * 0.36)) };
