// Where a way from a root to an object is best cut: at the last step that still holds much, before what it holds falls apart. Pure.
import type { PathStep } from '../../../../heap/index.ts';

export interface Cut { /** Steps [from, at] are marked; the object at `at` is what must let go. */ readonly from: number; readonly at: number; readonly name: string; /** Bytes. */ readonly freed: number }

/** Of the heap: what holds less is not worth a word. */
const minShare = 0.02;
/** From one step to the next the share falls to so much of it, or less. */
const fall = 0.5;

/** Null where no step holds a noticeable share. The engine's own tables belong to the object before them. */
export function cutOf(steps: readonly PathStep[]): Cut | null {
  const own = steps.flatMap((step, i) => (i > 0 && !step.node.className.startsWith('(') ? [i] : []));
  const shareAt = (i: number | undefined): number => (i === undefined ? 0 : steps[i]?.node.share ?? 0);
  const at = own.findLast((i, n) => shareAt(i) >= minShare && shareAt(own[n + 1]) <= shareAt(i) * fall) ?? -1;
  const step = steps[at];
  if (step === undefined) return null;
  const named = steps.findLastIndex(({ via }, i) => i <= at && i > at - 3 && via !== null && (via.type === 'property' || via.type === 'context'));
  const [from, name] = named < 0 ? [at, null] : [named, steps[named]?.via?.name ?? null];
  return { from, at, freed: step.node.retained, name: name === null || name.masked ? step.node.className : name.text === step.node.className ? name.text : `${name.text} → ${step.node.className}` };
}
