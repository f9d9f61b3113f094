// Arrow down, or J, goes into the list of a view while nothing has the focus: a page that was just opened needs no mouse.
import { useEffect, useEffectEvent } from 'react';

export function useDownInto(go: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if ((event.key !== 'ArrowDown' && event.key !== 'j') || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.activeElement !== null && !document.activeElement.matches('body, main')) return;
    event.preventDefault();
    go();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
