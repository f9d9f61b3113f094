// Under the text: what the rule would do, and beside it risk, effect and versions.
import type { RuleKind } from '../../../../model/index.ts';
import { ResizablePanes } from '../../../ui/index.ts';
import { DryRunPane } from '../dry-run/index.ts';
import { SidePane, type SidePaneProps } from './side-pane.tsx';

export interface BelowProps extends SidePaneProps {
  /** Why no dry run can start now. */
  readonly blocked: string | null;
}

export function Below({ editor, blocked, ...side }: BelowProps) {
  return (
    <ResizablePanes id="rules.side" label="Risk, effect and versions" defaultSize={400} minSize={280} maxSize={620}
      first={<DryRunPane dryRun={editor.dryRun} run={editor.runDry} blocked={blocked} stale={editor.stale} onEdit={editor.draft.edit} text={editor.draft.text} />}
      second={<SidePane editor={editor} {...side} />} />
  );
}

/** A graph and forms want the height. Of a small screen the dry run takes less. */
export const lowerPane = (kind: RuleKind) => kind === 'redaction-policy' ? { id: 'rules.lower-policy', defaultSize: Math.min(220, Math.round(window.innerHeight * 0.24)) } : kind !== 'query' ? { id: 'rules.lower-net', defaultSize: 220 } : { id: 'rules.lower', defaultSize: Math.min(360, Math.round(window.innerHeight * 0.36)) };
