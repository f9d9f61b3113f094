// Automata by what they look for: building one takes tens of milliseconds, and most rules name the same detectors.
import { buildByteDfa, type ByteDfa } from './byte-dfa.ts';
import type { Detector } from './types.ts';

const built = new Map<string, ByteDfa>();
/** Sets of detectors that are kept; past it, the oldest goes. */
const most = 16;

/** Owner i of the automaton's shapes is `detectors[i]`. The detectors are this module's own, so their names tell them apart. */
export function dfaOf(detectors: readonly Detector[]): ByteDfa {
  const names = detectors.map((one) => one.name).join(' ');
  const before = built.get(names);
  if (before !== undefined) return before;
  const dfa = buildByteDfa(detectors.flatMap((one) => one.anchors), detectors.flatMap((one, i) => one.anchors.map(() => i)));
  if (built.size >= most) built.delete(built.keys().next().value!);
  built.set(names, dfa);
  return dfa;
}
