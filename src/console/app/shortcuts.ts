// Keyboard shortcuts of the shell: Ctrl or Cmd K, ?, and G then a letter. Never while a person types.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { views } from './views.ts';

const chordMs = 1200;

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('.monaco-editor, [role=dialog], [role=alertdialog], [role=menu]') !== null);

export function useShortcuts({ onPalette, onHelp }: { readonly onPalette: () => void; readonly onHelp: () => void }): void {
  const navigate = useNavigate();
  const handlers = useRef({ onPalette, onHelp, navigate });
  handlers.current = { onPalette, onHelp, navigate };
  useEffect(() => {
    let chordUntil = 0;
    const press = (event: KeyboardEvent) => {
      const now = handlers.current;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') { event.preventDefault(); now.onPalette(); return; }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === '?') { event.preventDefault(); now.onHelp(); return; }
      const view = event.timeStamp < chordUntil ? views.find(each => each.key === event.key) : undefined;
      chordUntil = event.key === 'g' ? event.timeStamp + chordMs : 0;
      if (view) { event.preventDefault(); event.stopImmediatePropagation(); void now.navigate({ to: view.to }); }
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, []);
}
