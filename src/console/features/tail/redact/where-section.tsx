// Where it is hidden, and whether that covers every value of the record that holds the same text.
import { useId } from 'react';
import { whereWords, wishWheres } from '../../../editor/redact/index.ts';
import { fieldWords, listed } from './field-words.ts';
import { sameField, type FieldRef } from './target.ts';
import type { Example } from './use-example.ts';
import type { WishState } from './use-wish.ts';
import { Choice } from './what-section.tsx';

export function WhereSection({ state: { at, wish, set, alsoIn }, example }: { readonly state: WishState; readonly example: Example | null }) {
  const name = useId();
  const places = wish.what.kind === 'value' ? wishWheres.slice(0, 2) : wishWheres;
  return (
    <fieldset className="rdx-part">
      <legend>Where</legend>
      {places.map((where) => <Choice key={where} name={name} checked={wish.where === where} onChoose={() => set({ where })}>{whereWords(where, at)}</Choice>)}
      {alsoIn.length > 0 && <Elsewhere alsoIn={alsoIn} stays={example?.stays ?? null} />}
    </fieldset>
  );
}

/** @param stays null: not known yet */
function Elsewhere({ alsoIn, stays }: { readonly alsoIn: readonly FieldRef[]; readonly stays: readonly FieldRef[] | null }) {
  const left = stays === null ? [] : alsoIn.filter((field) => stays.some((one) => sameField(one, field)));
  const covered = alsoIn.length - left.length;
  const says = stays === null ? '.' : left.length === 0 ? '; this policy hides it there as well.' : covered === 0 ? ', where this policy leaves it in clear.' : `; this policy leaves it in clear in ${listed(left.map(fieldWords))}.`;
  return <p className={left.length > 0 ? 'amb' : 't2'} role="status">The same text stands in {listed(alsoIn.map(fieldWords))} of this record, too{says}</p>;
}
