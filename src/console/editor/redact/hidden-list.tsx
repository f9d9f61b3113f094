// What a policy would hide, as a dry run found it: one sentence, and where. Never a value; the context is masked.
import type { ReactNode } from 'react';
import type { HiddenCount } from '../../../rules/index.ts';
import { formatCount, MaskedText, plural } from '../../ui/index.ts';
import { touchedRecords } from './touched.ts';
import { actionDone, placeWords } from './words.ts';

export interface HiddenFacts { readonly hidden: readonly HiddenCount[]; readonly hiddenLeftOut: number; /** Records that it would change or remove, of `reached`. */ readonly changed: number; readonly removed: number; readonly reached: number }

/** What is hidden for an entry about its key, whatever it holds, goes by this name. */
const byKey = 'key-rule';

const total = (hidden: readonly HiddenCount[]): number => hidden.filter(({ action }) => action !== 'ignore').reduce((sum, { count }) => sum + count, 0);
const keyWords = ({ key, place }: Pick<HiddenCount, 'key' | 'place'>): string => (key === '' || key === place ? placeWords[place] : key);

/** "would hide 214 values in 180 of 2,000 records: email in user.email 120, jwt in body 94" */
export function hiddenSentence(facts: HiddenFacts, named = 3): string {
  const { hidden, hiddenLeftOut, reached } = facts;
  const count = total(hidden) + hiddenLeftOut;
  if (count === 0) return `would hide nothing in ${plural(reached, 'record')}`;
  const { records, exact } = touchedRecords(facts);
  const done = hidden.filter(({ action }) => action !== 'ignore');
  const list = done.slice(0, named).map((one) => `${one.detector === byKey ? '' : `${one.detector} in `}${keyWords(one)} ${formatCount(one.count)}`).join(', ');
  return `would hide ${plural(count, 'value')} in ${exact ? '' : 'at least '}${formatCount(records)} of ${plural(reached, 'record')}: ${list}${done.length > named ? ` and ${done.length - named} more` : ''}`;
}

/** What it looks like then. Of what is no longer there no text can be shown: that it goes is what there is to say. */
function Like({ one, like }: { readonly one: HiddenCount } & Pick<HiddenListProps, 'like'>) {
  if (one.action === 'drop') return <>the record is not sent</>;
  if (one.action === 'remove' && one.place !== 'body' && one.place !== 'name') return <>the attribute is gone</>;
  return <span className="mono">{like?.(one) ?? <span title={`${one.context} (other secrets beside it are masked here for display)`}><MaskedText text={one.context} /></span>}</span>;
}

interface HiddenListProps extends Pick<HiddenFacts, 'hidden' | 'hiddenLeftOut'> { /** How one of them is shown, where more is known than its masked context; null for the context. */ readonly like?: (one: HiddenCount) => ReactNode }

export function HiddenList({ hidden, hiddenLeftOut, like }: HiddenListProps) {
  return (
    <table className="t rd-hidden">
      <thead><tr><th>Detector</th><th>Where</th><th>Becomes</th><th className="num">Values</th><th className="num">Records</th><th>Looks like</th></tr></thead>
      <tbody>
        {hidden.map((one) => (
          <tr key={`${one.detector} ${one.place} ${one.key} ${one.action}`}>
            {one.detector === byKey ? <td className="t2" title="An entry about this key, whatever it holds">the key alone</td> : <td className="mono" title={one.detector}>{one.detector}</td>}
            <td title={`${placeWords[one.place]} ${one.key}`}><span className="mono">{keyWords(one)}</span>{one.key !== '' && one.key !== one.place && <span className="t3"> {placeWords[one.place]}</span>}</td>
            <td className={one.action === 'ignore' ? 'amb' : 't2'}>{actionDone[one.action]}</td><td className="num">{formatCount(one.count)}</td><td className="num t2">{formatCount(one.records)}</td>
            <td className="t2"><Like one={one} like={like} /></td>
          </tr>
        ))}
        {hiddenLeftOut > 0 && <tr><td colSpan={6} className="t3">and {plural(hiddenLeftOut, 'value')} in more places than are listed</td></tr>}
      </tbody>
    </table>
  );
}
