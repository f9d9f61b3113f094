// Keyboard shortcuts of the shell: Ctrl or Cmd K, ?, Shift I, Shift X, and G then a letter. Never while a person types.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { askForRipCord, askToCapture } from '../state/index.ts';
import { views } from './views.ts';

const chordMs = 1200;

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('.monaco-editor, [role=dialog], [role=alertdialog], [role=menu]') !== null);

export function useShortcuts({ onPalette, onHelp }: { readonly onPalette: () => void; readonly onHelp: () => void }): void {
  const navigate = useNavigate();
  const decide = useEffectEvent((event: KeyboardEvent, chord: boolean): boolean => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') { event.preventDefault(); onPalette(); return false; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
    if (event.key === '?') { event.preventDefault(); onHelp(); return false; }
    // It only opens a dialog, which says what would be collected and asks.
    if (!chord && event.shiftKey && event.key === 'I') { event.preventDefault(); askToCapture(); return false; }
    if (!chord && event.shiftKey && event.key === 'X') { event.preventDefault(); askForRipCord('pull'); return false; }
    const view = chord ? views.find(each => each.key === event.key) : undefined;
    if (view) { event.preventDefault(); event.stopImmediatePropagation(); void navigate({ to: view.to }); }
    return event.key === 'g' && view === undefined;
  });
  useEffect(() => {
    // Time runs from when the page got round to the first key: a busy page must not eat the second.
    let chord = 0;
    const press = (event: KeyboardEvent) => {
      const goesOn = decide(event, chord !== 0);
      clearTimeout(chord);
      chord = goesOn ? window.setTimeout(() => { chord = 0; }, chordMs) : 0;
    };
    addEventListener('keydown', press, true);
    return () => { clearTimeout(chord); removeEventListener('keydown', press, true); };
  }, []);
}
