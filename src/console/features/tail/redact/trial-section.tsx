// The dry run over the tail's buffer, at once: how much it would hide, and where else it would touch something.
import type { HiddenCount } from '../../../../rules/index.ts';
import { HiddenList, hiddenSentence, placeWords } from '../../../editor/redact/index.ts';
import { formatPercent, Icon, plural } from '../../../ui/index.ts';
import { ShownText } from './shown-text.tsx';
import type { TriedOn } from './tried-on.ts';
import type { Example } from './use-example.ts';
import type { Trial } from './use-trial.ts';
import type { WishState } from './use-wish.ts';

interface TrialSectionProps { readonly trial: Trial; readonly state: Pick<WishState, 'at' | 'alsoIn' | 'wish'>; readonly example: Example | null; /** A policy of its own: then all that it hides is new. */ readonly fresh: boolean; readonly on: TriedOn }

export function TrialSection({ trial, state: { at, alsoIn, wish }, example, fresh, on }: TrialSectionProps) {
  const { result, problem, progress } = trial;
  if (problem !== null) return <p className="rdx-trial red rd-why" role="status"><Icon name="warn" size="s" />{problem}</p>;
  if (result === null) return <p className="rdx-trial t3" role="status">Trying it on the records of the tail{progress === null ? '' : `, ${formatPercent(progress)}`}</p>;
  const others = result.hidden.filter((one) => one.action !== 'ignore' && (one.place !== at.place || (at.key !== '' && one.key !== at.key)) && !alsoIn.some((field) => field.place === one.place && (field.key === '' || field.key === one.key)));
  // The value in hand looks in the list as it does above.
  const like = (one: HiddenCount) => example?.shown != null && one.place === at.place && (one.key === at.key || (at.key === '' && one.key === one.place)) && one.action === wish.action ? <span title={example.shown}><ShownText text={example.shown} /></span> : null;
  return (
    <div className="rdx-trial">
      <p role="status"><b className="md">It {hiddenSentence(result, 2)}</b></p>
      {others.length > 0 && <p className={fresh ? 'amb' : 't2'}>{plural(others.length, 'other place')} would be touched, too: {others.slice(0, 4).map((one) => one.key === '' ? `the ${placeWords[one.place]}` : one.key).join(', ')}{others.length > 4 ? ' …' : ''}. Look whether these are secrets as well.</p>}
      {result.hidden.length > 0 && <div className="scroll rdx-places" tabIndex={0} role="region" aria-label="What it would hide, place by place"><HiddenList {...result} like={like} /></div>}
      {result.hidden.length === 0 && <p className="t2">Nothing in the buffer is like it{result.reached === 0 ? ' for there is no record yet' : ''}; what comes may be.</p>}
      {on.narrow !== null && <p className={on.filtered ? 'amb' : 't3'}>{on.narrow}</p>}
    </div>
  );
}
