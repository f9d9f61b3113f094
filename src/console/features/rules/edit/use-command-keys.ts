// Ctrl or Cmd with S saves, with Enter dry-runs, wherever the focus is. Monaco answers Enter itself.
import { useEffect, useRef, type KeyboardEvent } from 'react';

export interface KeyedCommands { readonly save: (() => void) | null; readonly dryRun: (() => void) | null }

export function useCommandKeys(commands: KeyedCommands) {
  const latest = useRef(commands);
  useEffect(() => { latest.current = commands; });
  return (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === 's') { event.preventDefault(); latest.current.save?.(); }
    if (event.key === 'Enter' && !event.defaultPrevented) { event.preventDefault(); latest.current.dryRun?.(); }
  };
}
