// Space pauses and resumes wherever the focus is, except where Space already means something.
import { useEffect, useLayoutEffect, useRef } from 'react';

const taken = 'input, textarea, select, button, a, summary, [contenteditable=true], [role=checkbox], [role=menuitem], [role=dialog], [role=radio], [role=tab], .monaco-editor';

export function useSpaceToPause(toggle: () => void): void {
  const latest = useRef(toggle);
  useLayoutEffect(() => { latest.current = toggle; });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(taken) !== null) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
