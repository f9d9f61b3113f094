// What can be done with the chosen rules together. Each command asks first and says what it will touch.
import { useState } from 'react';
import type { RuleMode, RuleSummary } from '../../../../model/index.ts';
import { Button, plural } from '../../../ui/index.ts';
import type { BulkAction } from '../commands/index.ts';
import { BulkDeploy } from './bulk-deploy.tsx';
import { StopDialog } from './stop-dialog.tsx';

export interface BulkBarProps { readonly rules: readonly RuleSummary[]; readonly busy: boolean; readonly onRun: (action: BulkAction, rules: readonly RuleSummary[], mode?: RuleMode) => void; readonly onClear: () => void }

const titles: Readonly<Record<BulkAction, string>> = { deploy: 'Deploy', disable: 'Disable', delete: 'Delete' };

export function BulkBar({ rules, busy, onRun, onClear }: BulkBarProps) {
  const [asking, setAsking] = useState<BulkAction | null>(null);
  const deployed = rules.filter(rule => rule.state === 'deployed');
  const why: Readonly<Record<BulkAction, string | null>> = {
    deploy: busy ? 'One moment.' : rules.every(runsLatest) ? 'The latest version of each runs already.' : null,
    disable: busy ? 'One moment.' : deployed.length === 0 ? 'None of them is deployed.' : null,
    delete: busy ? 'One moment.' : deployed.length > 0 ? 'Some of them are deployed. Disable those first.' : null,
  };
  return (
    <div className="rules-bulk" role="toolbar" aria-label="Chosen rules">
      <b>{plural(rules.length, 'rule')} chosen</b>
      {(['deploy', 'disable', 'delete'] as const).map(action => <Button key={action} size="s" variant={action === 'delete' ? 'danger-outline' : 'plain'} disabledReason={why[action]} onClick={() => setAsking(action)}>{titles[action]}</Button>)}
      <Button size="s" variant="ghost" onClick={onClear}>Clear</Button>
      {asking === 'deploy' && <BulkDeploy rules={rules} onClose={() => setAsking(null)} onConfirm={mode => onRun('deploy', rules, mode)} />}
      <StopDialog action={asking === 'deploy' ? null : asking} rules={asking === 'disable' ? deployed : rules} onClose={() => setAsking(null)} onConfirm={action => onRun(action, action === 'disable' ? deployed : rules)} />
    </div>
  );
}

const runsLatest = ({ state, deployedVersion, latestVersion, mode }: RuleSummary): boolean => state === 'deployed' && deployedVersion === latestVersion && mode === 'live';
