// An ordered list of a policy: each item a line that opens its form, with its place, and buttons to move it and take it away. The
// focus goes along with what is moved.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Icon, IconButton, PaneHeader } from '../../../ui/index.ts';
import { movedOrder } from '../../../editor/redact/index.ts';
import type { PolicyFormProps } from './types.ts';

export interface ItemListProps<T> {
  readonly title: string;
  /** "entry": as in "Remove entry 2". */
  readonly one: string;
  readonly list: 'entries' | 'patterns' | 'allow';
  readonly meta: string;
  readonly items: readonly T[];
  /** Index of the item that is open from the start. */
  readonly opens?: number | undefined;
  readonly line: (item: T) => ReactNode;
  readonly form: (item: T, index: number) => ReactNode;
  /** What stands here while there is none. */
  readonly none: ReactNode;
  readonly add: string;
  readonly onAdd: () => void;
  readonly onRemove: (index: number) => void;
  readonly onReorder: PolicyFormProps['onReorder'];
  readonly problemsAt: PolicyFormProps['problemsAt'];
}

export function ItemList<T>({ title, one, list, meta, items, opens, line, form, none, add, onAdd, onRemove, onReorder, problemsAt }: ItemListProps<T>) {
  const [open, setOpen] = useState<number | null>(opens ?? null);
  const box = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const focus = (index: number, which: string) => requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-item="${index}"] ${which}`)?.focus());
  // A link to an item leads to it once; what is opened later is in sight anyway.
  const first = useRef(opens);
  useEffect(() => { if (first.current !== undefined) box.current?.querySelector(`[data-item="${first.current}"]`)?.scrollIntoView({ block: 'nearest' }); }, []);
  const move = (from: number, to: number) => {
    onReorder(list, movedOrder(items.length, from, to));
    setOpen(open === from ? to : open === to ? from : open);
    setSaid(`${one} ${from + 1} is now ${one} ${to + 1}`);
    focus(to, to < from ? '[data-up]' : '[data-down]');
  };
  const append = () => { onAdd(); setOpen(items.length); focus(items.length, ':is(input, .sel)'); };
  const remove = (index: number) => { onRemove(index); setOpen(null); setSaid(`${one} ${index + 1} is removed`); focus(Math.max(0, index - 1), 'button'); };
  return (
    <section className="policy-list" aria-label={title}>
      <PaneHeader title={title} meta={meta}><Button size="s" variant="ghost" icon="plus" onClick={append}>{add}</Button></PaneHeader>
      {items.length === 0 ? <p className="net-section t2 prose">{none}</p> : (
        <ol ref={box}>
          {items.map((item, index) => (
            // An item has no name of its own; its place is what it is.
            <li key={index} data-item={index} className={open === index ? 'open' : ''}>
              <div className="policy-line">
                <button type="button" className="policy-open" aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}>
                  <span className="num t3">{index + 1}</span>{line(item)}{problemsAt(`${list}/${index}`).length > 0 && <span className="red"><Icon name="warn" size="s" /><span className="vh">has a problem</span></span>}
                </button>
                <IconButton data-up size="s" variant="ghost" icon="deploy" label={`Move ${one} ${index + 1} up`} tooltip={false} disabledReason={index === 0 ? 'It is the first.' : null} onClick={() => move(index, index - 1)} />
                <IconButton data-down size="s" variant="ghost" icon="down" label={`Move ${one} ${index + 1} down`} tooltip={false} disabledReason={index === items.length - 1 ? 'It is the last.' : null} onClick={() => move(index, index + 1)} />
                <IconButton size="s" variant="ghost" icon="trash" label={`Remove ${one} ${index + 1}`} tooltip={false} onClick={() => remove(index)} />
              </div>
              {open === index && <div className="policy-form" role="group" aria-label={`${one} ${index + 1}`}><Problems sentences={problemsAt(`${list}/${index}`)} />{form(item, index)}</div>}
            </li>
          ))}
        </ol>
      )}
      <span className="vh" role="status">{said}</span>
    </section>
  );
}

export const Problems = ({ sentences }: { readonly sentences: readonly string[] }) => sentences.length === 0 ? null : <ul className="policy-problems" role="alert">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>;
