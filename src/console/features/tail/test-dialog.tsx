// Which rule the record becomes a test of. The rule's Tests tab takes the record and asks the rule what comes of it.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRules } from '../../api/index.ts';
import { toast, useRecordInHand } from '../../state/index.ts';
import { Button, Dialog, EmptyState, Input, Table } from '../../ui/index.ts';
import type { TailRow } from '../../workers/tail/index.ts';
import { useTailClient } from './services.tsx';

export interface TestDialogProps { /** Null: closed. */ readonly row: TailRow | null; readonly onClose: () => void }

export function TestDialog({ row, onClose }: TestDialogProps) {
  return <Dialog open={row !== null} onOpenChange={open => { if (!open) onClose(); }} title="Make a test of a rule" footer={<Button onClick={onClose}>Cancel</Button>}>{row !== null && <Choice row={row} onClose={onClose} />}</Dialog>;
}

function Choice({ row, onClose }: { readonly row: TailRow; readonly onClose: () => void }) {
  const rules = useRules().data ?? [];
  const client = useTailClient();
  const navigate = useNavigate();
  const { put } = useRecordInHand();
  const [wanted, setWanted] = useState('');
  const word = wanted.trim().toLowerCase();
  const shown = rules.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(word));
  const take = (ruleId: string) => void client.record(row.id).then(record => {
    onClose();
    if (record === null) { toast({ kind: 'error', title: 'The record has left the buffer', detail: 'Choose a newer one, or pause the tail first.' }); return; }
    const { signal, service, durableId, summary, columns, attributes, resource } = record;
    put({ signal, service, durableId, summary, columns, attributes, resource });
    void navigate({ to: '/rules/$ruleId', params: { ruleId }, search: { tab: 'tests' } });
  });
  if (rules.length === 0) return <EmptyState title="No rule yet">Make one from the record first: drop, sample, redact or to metric.</EmptyState>;
  return (
    <div className="col gap1">
      <p className="t2">The record is given to the rule; what it makes of it now is what the test expects. Secrets are masked.</p>
      <Input label="Search rules" value={wanted} onChange={event => setWanted(event.target.value)} />
      <div className="scroll tail-rules" tabIndex={0} role="region" aria-label="Rules">
        <Table label="Rules to test" rows={shown} rowKey={rule => rule.id} onPick={rule => take(rule.id)} rowLabel={rule => rule.name} columns={[
          { key: 'name', head: 'Rule', cell: rule => <b className="ell">{rule.name}</b> }, { key: 'what', head: 'What it does', cell: rule => <span className="t2 ell" title={rule.description}>{rule.description}</span> }, { key: 'state', head: 'State', width: 90, cell: rule => rule.state },
        ]} />
      </div>
    </div>
  );
}
