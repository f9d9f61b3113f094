// A field over a list of choices: the arrows go from the field through the choices and back, Enter in the field takes the first, Escape leaves it.
import type { KeyboardEvent } from 'react';

export function listKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('.probe-pick')];
  const field = event.currentTarget.querySelector<HTMLElement>('input.inp');
  const [inField, at] = [event.target instanceof HTMLInputElement && event.target.classList.contains('inp'), choices.indexOf(event.target)];
  const does = keyOf(event.key, { choices, field, inField, at }, event.target);
  if (does === null) return;
  event.preventDefault();
  does();
}

interface Where { readonly choices: readonly HTMLElement[]; readonly field: HTMLElement | null; readonly inField: boolean; /** Of the choices; -1: none has the focus. */ readonly at: number }

function keyOf(key: string, { choices, field, inField, at }: Where, target: HTMLElement): (() => void) | null {
  const [first, next, before] = [choices[0], choices[at + 1], at === 0 ? field : choices[at - 1]];
  if (key === 'Enter') return inField && first !== undefined ? () => first.click() : null;
  if (key === 'Escape') return inField ? () => target.blur() : null;
  if (!inField && at < 0) return null;
  if (key === 'ArrowDown') return next === undefined ? null : () => next.focus();
  return key === 'ArrowUp' && at >= 0 && before != null ? () => before.focus() : null;
}
