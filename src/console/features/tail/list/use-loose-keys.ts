// Keys pressed while nothing that takes keys has the focus go to the list: on the page's ground all of them, in the record
// detail the letters only, since arrows scroll there.
import { useEffect, useEffectEvent } from 'react';

const controls = 'input, textarea, select, button, a, summary, [contenteditable=true], [role=menu], [role=dialog]';

/** `use` gets the key and answers whether it meant something. */
export function useLooseKeys(use: (key: string) => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !isLoose(event)) return;
    if (use(event.key)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isLoose({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target === document.body || target.id === 'main') return true;
  return key.length === 1 && target.closest('.tail-detail') !== null && target.closest(controls) === null;
}
