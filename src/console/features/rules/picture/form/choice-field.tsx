// A field with suggestions: type to narrow them, arrows and Enter to take one (Enter alone takes the only one that begins so), or type something that is not among them. It commits on
// Enter, on leaving and on taking a suggestion, and an eager one a moment after the last key, never on each key. The list floats over everything:
// no pane cuts it off.
import { Popover } from 'radix-ui';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';

export interface Suggestion { readonly key: string; readonly label: string; readonly detail?: string; /** A heading of the list; those of one group stand together. */ readonly group?: string }
export interface ChoiceFieldProps {
  readonly label: string;
  /** What the field shows while nobody types. */
  readonly shown: string;
  readonly suggestions: readonly Suggestion[];
  readonly onTake: (key: string) => void;
  /** Something was typed that is no suggestion's label. Without it only suggestions can be taken. */
  readonly onTyped?: ((typed: string) => void) | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly invalid?: boolean;
  /** What is typed is taken soon after the last key, too: it needs no Enter. */
  readonly eager?: boolean;
}

/** Typing goes on while this passes. */
const restMs = 500;

const mostShown = 60;

export function ChoiceField({ label, shown, suggestions, onTake, onTyped, placeholder, mono = false, invalid = false, eager = false }: ChoiceFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const offered = typed === null ? suggestions.slice(0, mostShown) : narrowed(suggestions, typed);
  useEffect(() => { if (open && at >= 0) list.current?.querySelector('[data-highlighted]')?.scrollIntoView({ block: 'nearest' }); }, [open, at]);

  useEffect(() => {
    if (!open) return;
    // The popup around the field listens on the document; Escape with an open list closes the list only, so it is caught before.
    const escape = (event: globalThis.KeyboardEvent): void => { if (event.key === 'Escape') { event.stopImmediatePropagation(); setOpen(false); setAt(-1); setTyped(null); } };
    window.addEventListener('keydown', escape, { capture: true });
    return () => window.removeEventListener('keydown', escape, { capture: true });
  }, [open]);

  const close = (): void => { setOpen(false); setAt(-1); setTyped(null); };
  const take = (key: string): void => { close(); onTake(key); };
  const commit = (): void => {
    const exact = suggestions.find((each) => each.label === typed);
    if (typed !== null && typed !== shown) { if (exact !== undefined) onTake(exact.key); else onTyped?.(typed); }
    close();
  };
  const takeTyped = useEffectEvent((text: string) => { if (text !== shown) onTyped?.(text); });
  useEffect(() => {
    if (!eager || typed === null || typed.trim() === '') return;
    const timer = setTimeout(() => takeTyped(typed), restMs);
    return () => clearTimeout(timer);
  }, [eager, typed]);
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      setAt((before) => Math.max(-1, Math.min(offered.length - 1, before + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = open ? offered[at] ?? onlyBeginning(offered, typed) : undefined;
      if (chosen !== undefined) take(chosen.key); else commit();
    }
  };
  const shows = open && offered.length > 0;
  // A press in the field itself is no press outside; the field keeps the focus all the time.
  const stay = (event: { readonly target: EventTarget | null; preventDefault(): void }): void => { if (event.target === field.current) event.preventDefault(); };
  return (
    <Popover.Root open={shows} onOpenChange={(next) => { if (!next) { setOpen(false); setAt(-1); } }}>
      <Popover.Anchor asChild>
        <div className="qp-choice">
          <input
            ref={field} className={mono ? 'inp mono' : 'inp'} role="combobox" aria-label={label} aria-expanded={shows} aria-controls={`${id}-list`} aria-autocomplete="list" aria-invalid={invalid || undefined} data-wanted={shown === '' || undefined}
            aria-activedescendant={open && at >= 0 ? `${id}-${at}` : undefined} autoComplete="off" spellCheck={false} placeholder={placeholder} value={typed ?? shown} title={typed ?? shown}
            onChange={(event) => { setTyped(event.target.value); setOpen(true); setAt(-1); }} onClick={() => setOpen(true)} onFocus={(event) => event.target.select()} onBlur={commit} onKeyDown={keyDown}
          />
        </div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content className="pop menu qp-list" align="start" sideOffset={3} collisionPadding={8} role="presentation" onOpenAutoFocus={(event) => event.preventDefault()} onCloseAutoFocus={(event) => event.preventDefault()} onPointerDownOutside={stay} onFocusOutside={stay} onMouseDown={(event) => event.preventDefault()}>
          <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label}>
            {offered.map((each, i) => (
              <Option key={each.key} id={`${id}-${i}`} each={each} heading={typed === null && each.group !== offered[i - 1]?.group ? each.group : undefined} mono={mono} on={i === at} onPoint={() => setAt(i)} onTake={() => take(each.key)} />
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface OptionProps { readonly id: string; readonly each: Suggestion; readonly heading: string | undefined; readonly mono: boolean; readonly on: boolean; readonly onPoint: () => void; readonly onTake: () => void }

function Option({ id, each, heading, mono, on, onPoint, onTake }: OptionProps) {
  return (
    <>
      {heading !== undefined && <li role="presentation" className="qp-group">{heading}</li>}
      <li id={id} role="option" aria-selected={on} className="mi" data-highlighted={on ? '' : undefined} onMouseMove={onPoint} onClick={onTake}>
        <span className={mono ? 'mono' : ''}>{each.label}</span>{each.detail !== undefined && <span className="end ell meta">{each.detail}</span>}
      </li>
    </>
  );
}

/** The only one that begins with what was typed: Enter means it. */
function onlyBeginning(offered: readonly Suggestion[], typed: string | null): Suggestion | undefined {
  const wanted = typed?.trim().toLowerCase() ?? '';
  const beginning = wanted === '' ? [] : offered.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  return beginning.length === 1 ? beginning[0] : undefined;
}

/** Those that start so first, then those that hold it. */
function narrowed(suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ label }: Suggestion): number => (label.toLowerCase().startsWith(wanted) ? 0 : label.toLowerCase().includes(wanted) ? 1 : 2);
  return suggestions.filter((each) => rank(each) < 2).toSorted((a, b) => rank(a) - rank(b)).slice(0, mostShown);
}
