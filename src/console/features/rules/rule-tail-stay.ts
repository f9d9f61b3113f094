// How long the dry run's records stay once the editor was left: a look at another view must not cost them. The tail's own bounds
// on rows and bytes hold all the while; it ends after some minutes, and sooner when nobody looks at the page at all.
import type { RuleTail } from './rule-tail.ts';

export const stayMs = 10 * 60_000;
export const hiddenStayMs = 2 * 60_000;

export interface StayPorts {
  later(run: () => void, ms: number): () => void;
  /** The page is hidden now; and told when that changes. Returns how to stop being told. */
  hidden(): boolean;
  onHidden(listener: () => void): () => void;
}

const leaving = new WeakMap<RuleTail, () => void>();

/** The editor is back: nothing ends. */
export function stay(tail: RuleTail): void {
  leaving.get(tail)?.();
  leaving.delete(tail);
}

/** The editor was left: the tail closes later. */
export function leave(tail: RuleTail, ports: StayPorts): void {
  stay(tail);
  const end = () => { stay(tail); tail.close(); };
  const endLeft = ports.later(end, stayMs);
  let endHidden = () => {};
  const look = () => { endHidden(); endHidden = ports.hidden() ? ports.later(end, hiddenStayMs) : () => {}; };
  const unlisten = ports.onHidden(look);
  look();
  leaving.set(tail, () => { endLeft(); endHidden(); unlisten(); });
}

export const pageStay: StayPorts = {
  later: (run, ms) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); },
  hidden: () => document.hidden,
  onHidden: listener => { document.addEventListener('visibilitychange', listener); return () => document.removeEventListener('visibilitychange', listener); },
};
