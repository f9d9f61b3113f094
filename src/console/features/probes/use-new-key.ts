// N begins a new probe, but not while a person types.
import { useEffect, useEffectEvent } from 'react';

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null);

export function useNewKey(onNew: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'n' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    onNew();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
