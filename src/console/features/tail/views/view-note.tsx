// "CheckoutStarted is called checkout.started since 12:04": which renames the view on show follows, and whether anything of those names is here.
import type { FollowedName, SavedView, TailStage } from '../../../../model/index.ts';
import { Button, Icon, MissedWords, Time } from '../../../ui/index.ts';

export interface ViewNoteProps {
  readonly view: SavedView | undefined;
  /** The filter in force. */
  readonly filter: string;
  readonly stage: TailStage;
  /** Records on show; null while the filter is on its way. */
  readonly matched: number | null;
  readonly onStage: (stage: TailStage) => void;
}

export function ViewNote({ view, filter, stage, matched, onStage }: ViewNoteProps) {
  const follows = view?.follows.filter(({ name }) => filter.includes(name)) ?? [];
  if (follows.length === 0) return null;
  return (
    <div className="tail-follows" role="status">
      {follows.map(one => <span key={one.name} className="row gap1"><Icon name="check" size="s" className="acc" /><span><Renamed {...one} /> This view looks for {one.now.length > 2 ? `all ${one.now.length} names` : 'both names'}<MissedWords follow={one} does="found" />.</span></span>)}
      {matched === 0 && (
        <span className="row gap1"><Icon name="info" size="s" /><span className="ell">No record with {follows.length === 1 && follows[0]!.now.length === 2 ? 'either' : 'any of these names'} has come here yet, {stage === 'out' ? 'after the rules: one of them may drop or change it' : 'before the rules'}.</span>
          {stage === 'out' && <Button size="s" onClick={() => onStage('in')}>Look before the rules</Button>}</span>
      )}
    </div>
  );
}

function Renamed({ name, now, since, firstSeen = since }: FollowedName) {
  return now[0] === name
    ? <><b className="mono md">{name}</b> was called <span className="mono">{now.slice(1).join(', ')}</span> until <Time at={firstSeen} />.</>
    : <><b className="mono md">{name}</b> is called <b className="mono md">{now[0]}</b> since <Time at={firstSeen} />.</>;
}
