// Automata by what they look for: building one takes tens of milliseconds, and most rules name the same detectors.
import { buildByteDfa, type ByteDfa } from './byte-dfa.ts';
import type { Anchor } from './anchors.ts';

const built = new Map<string, ByteDfa>();
/** Sets of anchors that are kept; past it, the one that was longest not asked for goes. */
const most = 16;

/** Shape i of the automaton is the head of `anchors[i]`. The key says which anchors they are: names of detectors, texts of patterns. */
export function dfaOf(key: string, anchors: readonly Anchor[]): ByteDfa {
  const dfa = built.get(key) ?? buildByteDfa(anchors.map((one) => one.head));
  built.delete(key);
  built.set(key, dfa);
  if (built.size > most) built.delete(built.keys().next().value!);
  return dfa;
}
