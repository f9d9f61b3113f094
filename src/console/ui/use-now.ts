// The time, once a second, from one shared timer.
import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => { now = Date.now(); for (const each of listeners) each(); }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) { clearInterval(timer); timer = null; }
  };
}

const never = () => () => undefined;

/** Unix milliseconds; stands still while `active` is false. */
export function useNow(active = true): number { return useSyncExternalStore(active ? subscribe : never, () => now); }
