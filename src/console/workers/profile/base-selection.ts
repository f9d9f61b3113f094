// The other profile's part in a comparison: the same weight, folding, hidden packages and focus, found again as the comparison does. Its threads and
// times are its own, so it is taken whole.
import { matchFunctions, type Profile, type ProfileSelection } from '../../../profiles/index.ts';

export function baseSelection(shown: Profile, selection: ProfileSelection, base: Profile): ProfileSelection {
  const wanted = shown.weights[selection.weight];
  const weight = base.weights.findIndex(({ name, unit }) => name === wanted?.name && unit === wanted.unit);
  const focus = selection.focusFunction === null ? null : sameFunction(shown, selection.focusFunction, base);
  return { ...selection, weight: weight < 0 ? base.defaultWeight : weight, threads: null, fromNanos: null, toNanos: null, focusFunction: focus };
}

/** As the comparison matches functions; past the last row when there is none, so that a focus on it finds nothing. */
function sameFunction(shown: Profile, row: number, base: Profile): number {
  const matched = matchFunctions(shown, base);
  const at = matched.before.indexOf(matched.now[row] ?? -1);
  return at < 0 ? base.functions.count : at;
}
