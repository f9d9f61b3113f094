// How much of a selection's time nobody sampled, and whose weight it counts to.
import { none, type Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { selectNodes } from '../tree/select-nodes.ts';

export interface NotSampled { readonly gaps: number; readonly nanos: number }
export interface GapSpan { readonly sample: number; readonly from: number; readonly to: number }

/** Gaps of the selection's threads, each cut to the chosen time; nanoseconds from the profile's start, in the order of their samples. */
export function gapSpans({ gaps, samples, weights }: Profile, { threads, fromNanos, toNanos }: Pick<ProfileSelection, 'threads' | 'fromNanos' | 'toNanos'>): readonly GapSpan[] {
  const spans: GapSpan[] = [];
  gaps?.sample.forEach((sample, at) => {
    if (threads !== null && !threads.includes(samples.thread?.[sample] ?? 0)) return;
    const end = (samples.time?.[sample] ?? 0) + (weights[gaps.weight]?.values?.[sample] ?? 0);
    const from = Math.max(end - gaps.nanos[at]!, fromNanos ?? -Infinity);
    const to = Math.min(end, toNanos ?? Infinity);
    if (to > from) spans.push({ sample, from, to });
  });
  return spans;
}

export function notSampledIn(profile: Profile, selection: Pick<ProfileSelection, 'threads' | 'fromNanos' | 'toNanos'>): NotSampled {
  const spans = gapSpans(profile, selection);
  return { gaps: spans.length, nanos: spans.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/** By function: how much of its own weight in the selection is time that nobody sampled. Null: none of any, or another weight is shown. */
export function notSampledByFunction(profile: Profile, selection: ProfileSelection): Float64Array | null {
  const { gaps, samples } = profile;
  if (gaps === null || gaps.weight !== selection.weight) return null;
  const nodes = selectNodes(profile, selection);
  const nanos = new Float64Array(profile.functions.count);
  const time = (sample: number): number => samples.time?.[sample] ?? 0;
  gaps.sample.forEach((sample, at) => {
    const seen = (selection.threads?.includes(samples.thread?.[sample] ?? 0) ?? true) && time(sample) >= (selection.fromNanos ?? -Infinity) && time(sample) < (selection.toNanos ?? Infinity);
    const node = seen && samples.stack[sample] !== none ? nodes.nodeOfStack[samples.stack[sample]!]! : none;
    if (node > 0) nanos[nodes.function[node]!]! += gaps.nanos[at]!;
  });
  return nanos;
}
