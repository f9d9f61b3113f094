// A rule that ended, enabled again: as it ran, until a time that the person chooses and sees as a time of day.
import { useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { ConfirmDialog, plural, Select, Time, useNow } from '../../../ui/index.ts';

export interface EnableAgainProps {
  /** Null: closed. */
  readonly rule: RuleSummary | null;
  readonly onClose: () => void;
  /** A duration as documents have it; null: the one in the rule's text. */
  readonly onConfirm: (rule: RuleSummary, expires: string | null) => void;
}

const asWritten = 'as-written';
const choices = [{ value: '1h', label: 'for 1 hour', ms: 3_600_000 }, { value: '8h', label: 'for 8 hours', ms: 28_800_000 }, { value: '1d', label: 'for 1 day', ms: 86_400_000 }, { value: '7d', label: 'for 7 days', ms: 604_800_000 }] as const;

export function EnableAgain({ rule, onClose, onConfirm }: EnableAgainProps) {
  return rule === null || rule.ended === null ? null : <Open rule={rule} ended={rule.ended} onClose={onClose} onConfirm={onConfirm} />;
}

function Open({ rule, ended, onClose, onConfirm }: EnableAgainProps & { readonly rule: RuleSummary; readonly ended: NonNullable<RuleSummary['ended']> }) {
  const [until, setUntil] = useState<string>(asWritten);
  const now = useNow();
  const chosen = choices.find(({ value }) => value === until);
  // Another end is a new version of the text that ran; where newer text was saved since, that would bury it.
  const free = ended.version === rule.latestVersion;
  return (
    <ConfirmDialog open onOpenChange={onClose} title={`Enable ${rule.name} again?`} icon="deploy" danger={false} confirmLabel={ended.mode === 'shadow' ? 'Enable in shadow' : 'Enable'} cancelLabel="Not yet" onConfirm={() => onConfirm(rule, chosen?.value ?? null)}>
      <p>Version {ended.version} goes to all agents at once{ended.mode === 'shadow' && ', in shadow as before: it only counts what it would do'}. It {ended.reason === 'expired' ? 'ended by itself' : 'was disabled'} <Time at={ended.at} show="both" />.</p>
      {free
        ? <div className="row gap2"><span>It ends</span><Select label="When it ends" value={until} onChange={setUntil} options={[{ value: asWritten, label: 'as its text says' }, ...choices.map(({ value, label }) => ({ value, label }))]} />{chosen !== undefined && <span className="t3">at <Time at={now + chosen.ms} show="full" />, as version {rule.latestVersion + 1}</span>}</div>
        : <p className="t3">It ends as the text of that version says. {plural(rule.latestVersion - ended.version, 'newer version')} {rule.latestVersion - ended.version === 1 ? 'is' : 'are'} not deployed; open the rule to deploy another.</p>}
    </ConfirmDialog>
  );
}
