// "/" goes to the field that finds, wherever the focus is, except where a slash is text.
import { useEffect, useEffectEvent } from 'react';

const typing = 'input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], .monaco-editor';

export function useSlash(go: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== '/' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(typing) !== null) return;
    event.preventDefault();
    go();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
