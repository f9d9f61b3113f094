// The steps of a replay as rows of its list: changes stand out, and runs of steps without one are one row that can be opened.
import type { MachineStep } from '../../../../rules/index.ts';
import { plural } from '../../../ui/index.ts';

export type ReplayRow =
  | { readonly kind: 'step'; readonly index: number }
  /** Steps `from` to `to`, both included, none of which changed a state. */
  | { readonly kind: 'fold'; readonly from: number; readonly to: number; readonly words: string };

/** It moved, or something else than a count came of it. */
export const isChange = ({ because, events }: MachineStep): boolean => because !== null || events.length > 0;

/** Fewer steps than this are not worth folding. */
const leastFolded = 2;

export function foldSteps(steps: readonly MachineStep[]): readonly ReplayRow[] {
  const rows: ReplayRow[] = [];
  for (let at = 0; at < steps.length;) {
    const next = steps.findIndex((step, i) => i >= at && isChange(step));
    const end = next < 0 ? steps.length : next;
    if (end - at >= leastFolded) rows.push({ kind: 'fold', from: at, to: end - 1, words: foldWords(steps.slice(at, end)) });
    else for (let i = at; i < end; i++) rows.push({ kind: 'step', index: i });
    if (next >= 0) rows.push({ kind: 'step', index: next });
    at = end + 1;
  }
  return rows;
}

/** "39 records stayed in watching, 4 of them counted": those of no step at all are among them. */
function foldWords(steps: readonly MachineStep[]): string {
  const states = new Set(steps.map(({ from }) => from));
  const records = steps.reduce((sum, { cause, passedOver }) => sum + passedOver + (cause === 'record' ? 1 : 0), 0);
  const counted = steps.filter(({ guards }) => guards.some(({ outcome }) => outcome === true)).length;
  const [only] = states;
  return `${plural(records, 'record')} stayed in ${states.size === 1 ? only! : `${states.size} states`}${counted > 0 ? `, ${counted} of them counted` : ''}`;
}

/** The next change that way, by index; where there is none the next step; null at the end. */
export function nextChange(steps: readonly MachineStep[], at: number, by: 1 | -1): number | null {
  for (let i = at + by; i >= 0 && i < steps.length; i += by) if (isChange(steps[i]!)) return i;
  const next = at + by;
  return next >= 0 && next < steps.length ? next : null;
}
