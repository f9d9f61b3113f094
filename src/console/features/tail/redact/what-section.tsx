// What is hidden: a detector that knows it, a pattern made from the selection, or the whole value.
import { useId } from 'react';
import { chosenWords, PatternVerdict, placeWords, usePattern, useRedactFacts } from '../../../editor/redact/index.ts';
import { Checkbox, Chip, Icon, Input, plural } from '../../../ui/index.ts';
import { fieldWords, listed } from './field-words.ts';
import { allWords } from './others.ts';
import type { Looked } from './use-guesses.ts';
import type { What, WishState } from './use-wish.ts';

const mostGuesses = 5;

export function WhatSection({ state, looked }: { readonly state: WishState; readonly looked: Looked }) {
  const { what, at, pattern, set, fields } = state;
  const name = useId();
  const { detectors } = useRedactFacts();
  const texts = looked.texts.map(({ text }) => text);
  const broad = at.key === '';
  const { reading } = usePattern(what.kind === 'pattern' ? pattern : '', [], texts);
  const choose = (next: What) => () => set({ what: next });
  return (
    <fieldset className="rdx-part">
      <legend>What it is</legend>
      {looked.guesses.slice(0, mostGuesses).map((guess, index) => (
        <Choice key={`${guess.detector} ${guess.place} ${guess.key}`} name={name} checked={what.kind === 'guess' && what.index === index} onChoose={choose({ kind: 'guess', index })}>
          <b className="md">{detectors.find((one) => one.name === guess.detector)?.title ?? chosenWords([guess.detector], '')}</b> <span className="mono t3">{guess.detector}</span> <span className="t2">in {guess.key === '' ? `the ${placeWords[guess.place]}` : guess.key}</span>
          <Chip tone={guess.hit === 'selection' ? 'accent' : 'plain'}>{Math.round(guess.confidence * 100)} % sure{guess.hit === 'selection' ? '' : ', elsewhere'}</Chip>
        </Choice>
      ))}
      <Choice name={name} checked={what.kind === 'pattern'} onChoose={choose({ kind: 'pattern' })}><b className="md">Own pattern</b> <span className="t2">a detector of your own, in RE2</span></Choice>
      {what.kind === 'pattern' && (
        <div className="rdx-under">
          <Input mono aria-label="Pattern, in RE2" aria-invalid={reading?.ok === false ? true : undefined} value={pattern} placeholder="\bord-[0-9]{5}\b" spellCheck={false} autoComplete="off" onChange={(event) => set({ what, pattern: event.target.value })} />
          <PatternVerdict reading={reading} lines={texts.length} />
        </div>
      )}
      <Choice name={name} checked={what.kind === 'value'} onChoose={choose({ kind: 'value' })}><b className="md">The whole value</b> <span className="t2">{broad ? `whatever the ${placeWords[at.place]} says` : `whatever ${at.key} holds`}</span></Choice>
      {what.kind === 'value' && broad && (
        <div className="rdx-under rdx-every" role="group" aria-label="Every such text">
          <span className="row gap1 amb"><Icon name="warn" size="s" />This hides every {placeWords[at.place]}{at.service === '' ? '' : ` of ${at.service}`}, also those without a secret: nobody can read them any more.</span>
          <Checkbox checked={fields.everyText} onChange={(everyText) => set({ everyText })}>Yes, every {placeWords[at.place]} is meant</Checkbox>
        </div>
      )}
      <Others state={state} />
    </fieldset>
  );
}

/** One choice hides one secret: what else the record gives away is said, and one click hides all of it. */
function Others({ state: { others, fields, what, at, set } }: { readonly state: WishState }) {
  if (others.length === 0 && !fields.also) return null;
  const named = listed(others.map(({ detector, ...field }) => `${detector} in ${fieldWords(field)}`));
  return (
    <div className="rdx-others">
      <p className={others.length > 0 ? 'amb' : 't2'} role="status">{others.length > 0 ? <><Icon name="warn" size="s" /> {plural(others.length, 'other secret stays', 'other secrets stay')} in clear in this record: {named}.</> : 'The other secrets of this record are hidden as well.'}</p>
      {what.kind !== 'value' && <Checkbox checked={fields.also} onChange={(also) => set(also ? { what, also, where: at.service === '' ? 'everywhere' : 'service' } : { also, where: null })}>Hide {fields.also ? 'the others as well' : allWords(others.length)}, wherever {at.service === '' ? 'they stand' : `${at.service} writes them`}</Checkbox>}
    </div>
  );
}

export function Choice({ name, checked, onChoose, children }: { readonly name: string; readonly checked: boolean; readonly onChoose: () => void; readonly children: React.ReactNode }) {
  return <label className="rdx-choice"><input type="radio" name={name} checked={checked} onChange={onChoose} /><span className="row gap1">{children}</span></label>;
}
