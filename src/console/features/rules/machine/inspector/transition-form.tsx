// A transition: the condition, how often within what time, where it leads, and what begins there.
import { z } from 'zod';
import { IconButton, PaneHeader } from '../../../../ui/index.ts';
import { durationWords } from '../duration-words.ts';
import { removeTransition, setTransition } from '../machine-edits.ts';
import { ActionList } from './action-list.tsx';
import { StateChoice } from './choices.tsx';
import { typedDuration } from './durations.ts';
import { DraftField } from './fields.tsx';
import { Problems } from './problems.tsx';
import type { InspectorProps } from './types.ts';

const countText = z.string().regex(/^([1-9]\d{0,3}|10000)$/, 'A whole number from 1 to 10,000.');

export function TransitionForm(props: InspectorProps & { readonly from: string; readonly index: number }) {
  const { document, from, index, onEdit, onSelect, renderGuard, problemsAt } = props;
  const transition = document.states[from]?.on?.[index];
  if (transition === undefined) return null;
  const { to, when, count, within } = transition;
  const place = `states/${from}/on/${index}`;
  const change = (patch: Parameters<typeof setTransition>[2]) => onEdit(setTransition(from, index, patch));
  return (
    <>
      <PaneHeader title={`${from} → ${to}`} meta="transition"><IconButton icon="trash" size="s" variant="ghost" label="Remove this transition" kbd="Del" onClick={() => { onEdit(removeTransition(document, from, index)); onSelect({ kind: 'state', state: from }); }} /></PaneHeader>
      <Problems at={place} problemsAt={problemsAt} />
      <div className="net-section">{renderGuard({ place: `${place}/when`, label: 'When a record has', text: when, onChange: (text) => change({ when: text }) })}</div>
      <div className="net-section net-fields three">
        <DraftField label="This many times" value={count === undefined ? '' : String(count)} placeholder="1" optional schema={countText} onCommit={(value) => change(value === undefined || value === '1' ? { count: undefined, within: undefined } : { count: Number(value) })} />
        <DraftField label="Within" value={durationWords(within ?? '')} placeholder="any time" optional schema={typedDuration} onCommit={(value) => change({ within: value })} />
        <StateChoice label="Then go to" document={document} value={to} onChange={(name) => change({ to: name })} />
      </div>
      <ActionList key={to} {...props} name={to} />
    </>
  );
}
