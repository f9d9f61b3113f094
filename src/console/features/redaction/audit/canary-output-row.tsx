// One output of the canary: how many were stopped there and by what; then what leaked, that which a rule should have caught first.
import type { ReactNode } from 'react';
import { formatCount, Icon, plural } from '../../../ui/index.ts';
import { Term } from '../words/term.tsx';
import type { CanaryOutput, Leaked } from './canary-outputs.ts';

/** So many names are shown; the rest on demand. */
const maxNames = 4;

export function OutputRow({ output }: { readonly output: CanaryOutput }) {
  const { inputs, sent, stopped, notSeen, rules, missed, unmeant, leaked, own } = output;
  const mark = missed.length > 0 ? 'red' : unmeant.length + leaked.length > 0 ? 'amb' : own ? 't3' : 'acc';
  const clean = mark === 'acc' || mark === 't3';
  return (
    <li>
      <Icon name={clean ? 'check' : 'warn'} size="s" className={mark} label={clean ? 'stopped' : 'leaked'} />
      <div className="redact-output">
        <div className="row gap2"><b className="md"><OutputName output={output.output} /></b><span className="t3 end nw num">{own ? 'not there' : 'stopped'}: {formatCount(stopped)} of {formatCount(sent)}</span></div>
        <div className="meta t3">{own ? 'never holds a value: says nothing about rules' : <>from {inputs.join(', ')}{rules.length > 0 && <span title={rules.join(', ')}>; by {rules.length === 1 ? <span className="mono">{rules[0]}</span> : plural(rules.length, 'rule')}</span>}</>}{notSeen > 0 && `; ${plural(notSeen, 'probe')} not seen to arrive`}</div>
        <LeakLine list={missed} tone="red" says={missed.flatMap(each => each.rules).length > 0 ? <>leaked, though <span className="mono">{[...new Set(missed.flatMap(each => each.rules))].join(', ')}</span> is meant for {missed.length === 1 && missed[0]!.count === 1 ? 'it' : 'them'}</> : 'leaked'} />
        <LeakLine list={leaked} tone="amb" says="leaked" />
        <LeakLine list={unmeant} tone="t2" says="leaked: no rule is meant for it" />
      </div>
    </li>
  );
}

function LeakLine({ list, tone, says }: { readonly list: readonly Leaked[]; readonly tone: 'red' | 'amb' | 't2'; readonly says: ReactNode }) {
  if (list.length === 0) return null;
  const names = (some: readonly Leaked[]) => some.map(({ detector, count }) => `${formatCount(count)} ${detector}`).join(', ');
  const [first, more] = [list.slice(0, maxNames), list.slice(maxNames)];
  return (
    <div className={tone === 't2' ? 'meta t2' : `meta ${tone}`}>
      <b className="md">{names(first)}{more.length > 0 && ` and ${plural(more.length, 'more detector', 'more detectors')}`}</b> {says}
      {more.length > 0 && <details><summary>Show all</summary>{names(more)}</details>}
    </div>
  );
}

/** "exporter default" is the agents' name for the only one. */
function OutputName({ output }: { readonly output: string }) {
  const [kind, ...name] = output.split(' ');
  if (kind !== 'exporter') return <>{output}</>;
  return <><Term name="exporter">exporter</Term> {name.join(' ')}</>;
}
