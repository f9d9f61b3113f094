// The blast radius of taking rules off the fleet, in one pattern for disabling and deleting, one rule or many: what stops, where,
// and what returns. And what deleting means besides.
import type { RuleSummary } from '../../../../model/index.ts';
import { formatRate, plural } from '../../../ui/index.ts';
import { isRedaction } from './rule-order.ts';

type Stopping = Pick<RuleSummary, 'name' | 'state' | 'mode' | 'sink' | 'targetAgents' | 'latestVersion' | 'effect'>;

export function StopWords({ rules }: { readonly rules: readonly Stopping[] }) {
  const running = rules.filter(({ state }) => state === 'deployed');
  if (running.length === 0) return <p>{rules.length === 1 ? 'It runs nowhere now.' : 'None of them runs now.'}</p>;
  const acting = running.filter(({ mode }) => mode !== 'shadow');
  const one = running.length === 1;
  const sum = (of: (effect: Stopping['effect']) => number | null) => acting.reduce((total, { effect }) => total + (of(effect) ?? 0), 0);
  const [removed, made] = [sum(effect => effect.removedPerSecond), sum(effect => effect.emittedPerSecond)];
  const redacts = acting.filter(isRedaction);
  return (
    <>
      <p>{rules.length === 1 ? 'It stops' : <><strong>{plural(running.length, 'rule')}</strong> {one ? 'stops' : 'stop'}</>} on <strong>{plural(Math.max(...running.map(({ targetAgents }) => targetAgents)), 'agent')}</strong> at once{removed > 0 && <>, and <strong>{formatRate(removed)}/s</strong> that {one ? 'it removes' : 'they remove'} leave again</>}{made > 0 && <>; <strong>{formatRate(made)}/s</strong> that {one ? 'it makes' : 'they make'} end</>}.{acting.length === 0 && ` ${one ? 'It runs in shadow' : 'They run in shadow'}: no record changes its way.`}</p>
      {redacts.length > 0 && <p><strong className="amb">The secrets that {rules.length === 1 ? 'it hides' : `${redacts.map(({ name }) => name).join(', ')} ${redacts.length === 1 ? 'hides' : 'hide'}`} leave in clear again.</strong> What left masked stays masked.</p>}
    </>
  );
}

export function DeleteWords({ rules }: { readonly rules: readonly Stopping[] }) {
  const versions = rules.reduce((sum, { latestVersion }) => sum + latestVersion, 0);
  return (
    <>
      <StopWords rules={rules} />
      <p>This cannot be undone here: {rules.length === 1 ? 'its' : 'their'} {plural(versions, 'version')} can no longer be opened or deployed, and {rules.length === 1 ? 'its name is' : 'their names are'} free again. The audit keeps them, and who deleted {rules.length === 1 ? 'it' : 'them'}.</p>
    </>
  );
}
