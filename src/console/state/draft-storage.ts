// Where drafts are kept in this tab. Typing is not slowed by it: what changed is written a moment later, and at the latest when the
// page goes. A store that takes no more is said once; the drafts then live in this page only.
import type { PersistStorage, StorageValue } from 'zustand/middleware';
import { toast } from './toasts.ts';

const quietMs = 400;

/** What goes to the browser's store; anything that may throw. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** @param open the browser's store; asked at each use, because a browser may refuse it altogether. */
export function draftStorage<S>(open: () => Store): PersistStorage<S> {
  const waiting = new Map<string, StorageValue<S>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  const write = (name: string, value: StorageValue<S>) => {
    try { open().setItem(name, JSON.stringify(value)); told = false; } catch {
      if (!told) toast({ kind: 'error', title: 'Unsaved drafts outlive no reload now', detail: 'This browser keeps no more text for the tab. Nothing is lost while the page stays open: save your rules, or discard drafts in the menu of New rule.' });
      told = true;
    }
  };
  const flush = () => {
    clearTimeout(timer);
    for (const [name, value] of waiting) write(name, value);
    waiting.clear();
  };
  // No page, no end of one: a worker or a test of what is computed only reads from here.
  globalThis.window?.addEventListener('pagehide', flush);
  return {
    getItem: name => { try { return JSON.parse(open().getItem(name) ?? 'null') as StorageValue<S> | null; } catch { return null; } },
    setItem: (name, value) => { waiting.set(name, value); clearTimeout(timer); timer = setTimeout(flush, quietMs); },
    removeItem: name => { waiting.delete(name); try { open().removeItem(name); } catch { /* A store that is refused keeps nothing. */ } },
  };
}
