// Where it is hidden, and how, with what the value becomes.
import { useEffect, useId, useState } from 'react';
import { actionWords, placeWords, policyOf, useRedactClient, whereWords, wishWheres, type WishAction } from '../../../editor/redact/index.ts';
import { Input, MaskedText, Segmented } from '../../../ui/index.ts';
import type { PolicyExample } from '../../../workers/redact/index.ts';
import type { FieldRef, FieldText } from './target.ts';
import type { WishState } from './use-wish.ts';
import { Choice } from './what-section.tsx';

const actions: readonly WishAction[] = ['mask', 'partial', 'hash', 'remove', 'drop'];
const options = actions.map((value) => ({ value, label: actionWords[value].title, title: actionWords[value].says }));

export function WhereSection({ state: { at, wish, set }, alsoIn }: { readonly state: WishState; readonly alsoIn: readonly FieldRef[] }) {
  const name = useId();
  const places = wish.what.kind === 'value' ? wishWheres.slice(0, 2) : wishWheres;
  const narrow = wish.where === 'key-in-service' || wish.where === 'key';
  return (
    <fieldset className="rdx-part">
      <legend>Where</legend>
      {places.map((where) => <Choice key={where} name={name} checked={wish.where === where} onChoose={() => set({ where })}>{whereWords(where, at)}</Choice>)}
      {alsoIn.length > 0 && <p className={narrow ? 'amb' : 't2'} role="status">The same text stands in {alsoIn.slice(0, 3).map(fieldWords).join(', ')}{alsoIn.length > 3 ? ' and more' : ''} of this record, too{narrow ? ', and would stay there.' : '.'}</p>}
    </fieldset>
  );
}

const fieldWords = ({ place, key }: FieldRef): string => (key === '' ? `the ${placeWords[place]}` : key);

export function HowSection({ state, texts }: { readonly state: WishState; readonly texts: readonly FieldText[] }) {
  const { fields, set } = state;
  return (
    <div className="rdx-part" role="group" aria-label="What happens to it">
      <span className="rdx-legend">What happens to it</span>
      <div className="row gap2"><Segmented<WishAction> label="What happens to it" value={fields.action} options={options} onChange={(action) => set({ action })} />
        {fields.action === 'partial' && <span className="row gap1 t2">leave <Input small type="number" min={1} max={8} aria-label="Characters left at the end" value={fields.keep} onChange={(event) => set({ keep: Math.min(8, Math.max(1, Number(event.target.value) || 1)) })} /></span>}</div>
      <p className="meta t3">{actionWords[fields.action].says}</p>
      <Example state={state} texts={texts} />
    </div>
  );
}

const longest = 160;

/** By the policy itself, on the value that was pointed at. */
function Example({ state: { wish, at, text }, texts }: { readonly state: WishState; readonly texts: readonly FieldText[] }) {
  const client = useRedactClient();
  const [example, setExample] = useState<{ readonly of: string; readonly made: PolicyExample | null }>({ of: '', made: null });
  const value = texts.find((one) => one.place === at.place && one.key === at.key)?.text ?? null;
  useEffect(() => {
    if (text === null || value === null) return;
    let live = true;
    const { weir: _weir, kind: _kind, name: _name, description: _description, location: _location, targets: _targets, order: _order, ...policy } = policyOf(wish, at, 'example', '');
    client.example(policy, at, value).then((made) => { if (live) setExample({ of: text, made }); }, () => { if (live) setExample({ of: text, made: null }); });
    return () => { live = false; };
  }, [client, wish, at, text, value]);
  if (example.of !== text || example.made === null || value === null) return <p className="rdx-example t3">…</p>;
  const { made } = example;
  const from = Math.max(0, (made.hidden[0]?.start ?? 0) - 40);
  return <p className="rdx-example mono" role="status"><span className="vh">It becomes </span>{made.whole === 'drop' ? <span className="t2">the record is not sent</span> : made.text === null ? <span className="t2">the attribute is gone</span> : made.hidden.length === 0 ? <span className="amb">this value would stay as it is</span> : <>{from > 0 && '…'}<MaskedText text={made.text.slice(from, from + longest)} />{made.text.length > from + longest && '…'}</>}</p>;
}
