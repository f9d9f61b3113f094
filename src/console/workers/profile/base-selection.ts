// The other profile's part in a comparison: the same weight, folding, hidden packages and focus, found again by name. Its threads and
// times are its own, so it is taken whole.
import type { Profile, ProfileSelection } from '../../../profiles/index.ts';

export function baseSelection(shown: Profile, selection: ProfileSelection, base: Profile): ProfileSelection {
  const wanted = shown.weights[selection.weight];
  const weight = base.weights.findIndex(({ name, unit }) => name === wanted?.name && unit === wanted.unit);
  const focus = selection.focusFunction === null ? null : sameFunction(shown, selection.focusFunction, base);
  return { ...selection, weight: weight < 0 ? base.defaultWeight : weight, threads: null, fromNanos: null, toNanos: null, focusFunction: focus };
}

/** By name and file; past the last row when there is none, so that a focus on it finds nothing. */
function sameFunction(shown: Profile, row: number, base: Profile): number {
  const textOf = ({ strings, functions }: Profile, of: 'name' | 'file', at: number) => strings[functions[of][at] ?? -1] ?? '';
  const [name, file] = [textOf(shown, 'name', row), textOf(shown, 'file', row)];
  for (let at = 0; at < base.functions.count; at++) if (textOf(base, 'name', at) === name && textOf(base, 'file', at) === file) return at;
  return base.functions.count;
}
