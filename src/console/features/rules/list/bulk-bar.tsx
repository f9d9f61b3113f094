// What can be done with the chosen rules together. Each command asks first and says what it will touch.
import { useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { Button, ConfirmDialog, formatRate, plural } from '../../../ui/index.ts';
import type { BulkAction } from '../commands.ts';

export interface BulkBarProps { readonly rules: readonly RuleSummary[]; readonly busy: boolean; readonly onRun: (action: BulkAction) => void; readonly onClear: () => void }

const titles: Readonly<Record<BulkAction, string>> = { deploy: 'Deploy', disable: 'Disable', delete: 'Delete' };

export function BulkBar({ rules, busy, onRun, onClear }: BulkBarProps) {
  const [asking, setAsking] = useState<BulkAction | null>(null);
  const deployed = rules.filter(rule => rule.state === 'deployed');
  const why: Readonly<Record<BulkAction, string | null>> = {
    deploy: busy ? 'One moment.' : rules.every(rule => rule.state === 'deployed' && rule.deployedVersion === rule.latestVersion) ? 'The latest version of each runs already.' : null,
    disable: busy ? 'One moment.' : deployed.length === 0 ? 'None of them is deployed.' : null,
    delete: busy ? 'One moment.' : deployed.length > 0 ? 'Some of them are deployed. Disable those first.' : null,
  };
  return (
    <div className="rules-bulk" role="toolbar" aria-label="Chosen rules">
      <b>{plural(rules.length, 'rule')} chosen</b>
      {(['deploy', 'disable', 'delete'] as const).map(action => <Button key={action} size="s" variant={action === 'delete' ? 'danger-outline' : 'plain'} disabledReason={why[action]} onClick={() => setAsking(action)}>{titles[action]}</Button>)}
      <Button size="s" variant="ghost" onClick={onClear}>Clear</Button>
      <ConfirmDialog open={asking !== null} onOpenChange={() => setAsking(null)} title={`${asking === null ? '' : titles[asking]} ${plural(rules.length, 'rule')}?`} confirmLabel={asking === null ? '' : titles[asking]} cancelLabel="Not yet" onConfirm={() => { if (asking !== null) onRun(asking); }}>
        {asking !== null && <Words action={asking} rules={rules} deployed={deployed} />}
      </ConfirmDialog>
    </div>
  );
}

function Words({ action, rules, deployed }: { readonly action: BulkAction; readonly rules: readonly RuleSummary[]; readonly deployed: readonly RuleSummary[] }) {
  const removed = deployed.reduce((sum, rule) => sum + (rule.effect.removedPerSecond ?? 0), 0);
  return (
    <>
      {action === 'deploy' && <p>The latest version of each goes to the fleet at once. Rules of kinds that cannot run yet, or with errors, stay as they are and are named.</p>}
      {action !== 'deploy' && <p>{deployed.length === 0 ? 'None of them runs now.' : <><strong>{plural(deployed.length, 'rule')}</strong> {deployed.length === 1 ? 'stops' : 'stop'} on all agents at once{removed > 0 && <>, and <strong>{formatRate(removed)}/s</strong> that {deployed.length === 1 ? 'it removes' : 'they remove'} leave again</>}.</>}</p>}
      <p className="mono t2">{rules.map(rule => rule.name).join(', ')}</p>
    </>
  );
}
