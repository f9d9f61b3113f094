// The right side of a comparison: text that is quoted for the person, a number or expression, a list, or a range.
import { useState } from 'react';
import { isWhole } from '../../../../../kql/index.ts';
import type { Side } from '../comparisons.ts';
import { kindOf, listItems, listText, rangeEnds, rangeText, shown, toKql, type ValueKind } from '../values.ts';
import { ChoiceField } from './choice-field.tsx';

export interface ValueInputProps { readonly label: string; readonly kql: string; readonly type: string; readonly side: Side; readonly examples: readonly string[]; readonly onCommit: (kql: string) => void }

export function ValueInput({ side, ...props }: ValueInputProps) {
  if (side === 'none') return <span className="t3 meta">no value needed</span>;
  if (side === 'list') return <ListInput {...props} />;
  return side === 'range' ? <RangeInput {...props} /> : <OneInput {...props} />;
}

type PartProps = Omit<ValueInputProps, 'side'>;

/** Text or value: the small button in front tells and changes it. */
function OneInput({ label, kql, type, examples, onCommit }: PartProps) {
  const [chosen, setChosen] = useState<ValueKind | null>(null);
  const kind = kql === '' ? (chosen ?? kindOf(kql, type)) : kindOf(kql, type);
  const turn = (): void => {
    const next: ValueKind = kind === 'text' ? 'value' : 'text';
    setChosen(next);
    if (kql !== '') onCommit(toKql(shown(kql, kind), next));
  };
  const suggestions = examples.map((example) => ({ key: example, label: example }));
  return (
    <div className="qp-value">
      <KindButton label={label} kind={kind} onTurn={turn} />
      <ChoiceField eager label={label} mono shown={shown(kql, kind)} suggestions={suggestions} onTake={(example) => onCommit(toKql(example, kind))} onTyped={(typed) => onCommit(toKql(typed, kind))} placeholder={kind === 'text' ? 'choose or type' : 'number, time or expression'} invalid={kql !== '' && !isWhole(kql)} />
    </div>
  );
}

function KindButton({ label, kind, onTurn }: { readonly label: string; readonly kind: ValueKind; readonly onTurn: () => void }) {
  const words = kind === 'text' ? 'Text, quoted for you' : 'A number, a time or an expression, as it is';
  return <button type="button" className="qp-kind" aria-label={`${label} is ${kind === 'text' ? 'text' : 'a number or an expression'}; change`} title={`${words}. Click to change.`} onClick={onTurn} data-sign={kind === 'text' ? '" "' : '123'} />;
}

/** Items side by side, each with its way out, and a field for one more. */
function ListInput({ label, kql, type, examples, onCommit }: PartProps) {
  const items = listItems(kql);
  if (items === null) return <ChoiceField label={label} mono shown={kql} suggestions={[]} onTake={onCommit} onTyped={onCommit} invalid={kql !== '' && !isWhole(kql)} />;
  const kind = kindOf(items[0] ?? '', type);
  const add = (typed: string): void => { if (typed.trim() !== '') onCommit(listText([...items, toKql(typed, kind)])); };
  const left = examples.filter((example) => !items.includes(toKql(example, kind)));
  return (
    <div className="qp-items">
      {items.map((item, i) => <button key={`${i} ${item}`} type="button" className="chip mono" aria-label={`Remove ${shown(item, kindOf(item, type))}`} onClick={() => onCommit(listText(items.filter((_, at) => at !== i)))}>{shown(item, kindOf(item, type))} ×</button>)}
      <ChoiceField label={`${label}: add one`} mono shown="" suggestions={left.map((example) => ({ key: example, label: example }))} onTake={add} onTyped={add} placeholder={items.length === 0 ? 'one of these' : 'one more'} />
    </div>
  );
}

function RangeInput({ label, kql, type, onCommit }: PartProps) {
  const [low, high] = rangeEnds(kql);
  const kind: ValueKind = low === '' && type === 'string' ? 'text' : kindOf(low === '' ? '0' : low, type);
  const end = (which: string, value: string, commit: (kql: string) => void) => <ChoiceField eager label={`${label}: ${which}`} mono shown={shown(value, kind)} suggestions={[]} onTake={() => undefined} onTyped={(typed) => commit(toKql(typed, kind))} placeholder={which} />;
  return <div className="qp-range">{end('from', low, (next) => onCommit(rangeText(next, high)))}<span className="t3">to</span>{end('to', high, (next) => onCommit(rangeText(low, next)))}</div>;
}
