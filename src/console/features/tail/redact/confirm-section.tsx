// The question before the deployment, with the blast radius: which agents, how many records, what becomes of them, the way back.
import { useAgents } from '../../../api/index.ts';
import { actionDone, hiddenSentence, type RedactWish } from '../../../editor/redact/index.ts';
import { formatRate, plural } from '../../../ui/index.ts';
import { useTailState } from '../services.tsx';
import { blastRates } from './blast-rates.ts';
import type { ExistingPolicy } from './existing.ts';
import type { TriedOn } from './tried-on.ts';
import type { Trial } from './use-trial.ts';

export function ConfirmSection({ trial, on, into, wish, failure }: { readonly trial: Trial; readonly on: TriedOn; readonly into: ExistingPolicy | null; readonly wish: RedactWish; readonly failure: string | null }) {
  const agents = (useAgents().data ?? []).filter(({ kind }) => kind === 'weir');
  const away = agents.filter(({ connected }) => !connected).length;
  const { ratio } = useTailState();
  const rate = trial.result === null ? null : blastRates(trial.result, ratio);
  const names = agents.length > 0 && agents.length <= 4 ? `: ${agents.map(({ name }) => name).join(', ')}` : '';
  return (
    <ul className="rdx-blast">
      <li><span><strong>{plural(agents.length, 'agent')}</strong>{names}{away > 0 ? `; ${plural(away, 'agent')} away now, which will follow on return` : '; all reachable now'}.</span></li>
      {trial.result !== null && <li><span><strong>{rate === null ? 'Too few records for a rate' : `${rate.about ? '≈ ' : ''}${formatRate(rate.perSecond)} records/s`}</strong> {rate === null ? 'yet' : 'would be changed'}; over {on.filtered ? 'what the tail’s filter lets through' : 'the tail'}, it {hiddenSentence(trial.result, 2)}.</span></li>}
      <li><span><strong>What is found</strong> is {actionDone[wish.action]} before records leave, reach the tail or a recorder. What left before stays where it went.</span></li>
      <li><span><strong>Every record that leaves</strong> is scanned for a minute from now on, to prove the stop.</span></li>
      {into !== null && <li><span><strong>{into.rule.name} version {into.rule.latestVersion + 1}</strong> replaces version {into.rule.deployedVersion ?? into.rule.latestVersion}; its other entries stay as they are{into.rule.deployedVersion !== null && into.rule.deployedVersion !== into.rule.latestVersion ? `. Version ${into.rule.latestVersion} was saved and never deployed: its changes go out as well` : ''}.</span></li>}
      <li><span><strong>The way back:</strong> disable the policy and it leaves in clear again within about a second.</span></li>
      {failure !== null && <li className="red" role="alert">{failure}</li>}
    </ul>
  );
}
