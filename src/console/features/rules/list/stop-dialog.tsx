// Asks before rules are taken off the fleet or deleted: the same dialog from the list, the bar of chosen rules and the editor.
import type { RuleSummary } from '../../../../model/index.ts';
import { ConfirmDialog, plural } from '../../../ui/index.ts';
import { doingWords } from '../words/doing-words.ts';
import { DeleteWords, StopWords } from './stop-words.tsx';

export interface StopDialogProps {
  /** Null: closed. */
  readonly action: 'disable' | 'delete' | null;
  readonly rules: readonly RuleSummary[];
  readonly onClose: () => void;
  readonly onConfirm: (action: 'disable' | 'delete') => void;
}

const words = { disable: { verb: 'Disable', keep: 'Keep running', icon: 'pause' }, delete: { verb: 'Delete', keep: 'Keep', icon: 'trash' } } as const;

export function StopDialog({ action, rules, onClose, onConfirm }: StopDialogProps) {
  if (action === null || rules.length === 0) return null;
  const { keep, icon } = words[action];
  const nets = rules.every(({ kind }) => kind === 'state-machine');
  const verb = action === 'disable' && nets ? doingWords('state-machine').disable : words[action].verb;
  return (
    <ConfirmDialog open onOpenChange={onClose} title={`${verb} ${rules.length === 1 ? rules[0]!.name : plural(rules.length, 'rule')}?`} confirmLabel={verb} cancelLabel={keep} icon={icon} onConfirm={() => onConfirm(action)}>
      {action === 'delete' ? <DeleteWords rules={rules} /> : <StopWords rules={rules} />}
      {rules.length > 1 && <p className="mono t2">{rules.map(({ name }) => name).join(', ')}</p>}
      {action === 'disable' && <p className="t3">Undo brings {rules.length === 1 ? 'it' : 'them'} back as {rules.length === 1 ? 'it' : 'they'} ran.</p>}
    </ConfirmDialog>
  );
}
