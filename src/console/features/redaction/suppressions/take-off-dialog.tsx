// Asks before a suppression is taken off: what is hidden from then on, where, and the way back.
import { ConfirmDialog, formatCount, plural } from '../../../ui/index.ts';
import type { Suppression } from './suppression-list.ts';

export interface TakeOffDialogProps { /** Null: closed. */ readonly suppression: Suppression | null; /** Let pass in the range; null: not counted. */ readonly hits: number | null; readonly range: string; readonly onClose: () => void; readonly onConfirm: (suppression: Suppression) => void }

export function TakeOffDialog({ suppression, hits, range, onClose, onConfirm }: TakeOffDialogProps) {
  if (suppression === null) return null;
  const { entry: { key, detectors, service, reason }, index, policy: { rule } } = suppression;
  return (
    <ConfirmDialog open onOpenChange={onClose} title={`Take entry ${index + 1} off ${rule.name}?`} confirmLabel="Take it off" cancelLabel="Keep it" icon="redact" danger={false} onConfirm={() => onConfirm(suppression)}>
      <p>From then on what it lets pass is judged by the rest of the policy: <strong>{detectors?.join(', ') ?? 'the whole value'}</strong>{key !== undefined && <> in <strong className="mono">{key}</strong></>}{service !== undefined && <> of <strong>{service}</strong></>}, on <strong>{plural(rule.targetAgents, 'agent')}</strong>.{hits !== null && ` It let ${formatCount(hits)} pass in the last ${range}.`}</p>
      {reason !== undefined && <p>It was written because: {reason}</p>}
      <p className="t3">Version {rule.latestVersion + 1} of {rule.name} is saved without it and deployed{rule.mode === 'shadow' && ' in shadow, as it runs'}. Undo puts it back.</p>
    </ConfirmDialog>
  );
}
