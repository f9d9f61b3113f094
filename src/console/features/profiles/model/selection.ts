// What of a profile the address asks for.
import type { ProfilesSearch } from '../../../state/index.ts';
import type { OpenedProfile, ProfileLook } from '../../../workers/profile/index.ts';

const nanosAMilli = 1e6;

export function weightRow({ weights, defaultWeight }: OpenedProfile, name: string | undefined): number {
  const at = weights.findIndex(weight => weight.name === name);
  return at < 0 ? defaultWeight : at;
}

/** What the profile does not have is left out: an address may come from another profile. */
export function selectionOf(profile: OpenedProfile, { weight, from, to, threads, folded, hidden, focus, idle }: ProfilesSearch, rowOf: (key: string) => number | null): ProfileLook {
  const known = (threads ?? []).filter(row => row < profile.threads.length);
  return {
    weight: weightRow(profile, weight), threads: known.length === 0 ? null : known,
    fromNanos: from === undefined || !profile.hasTimes ? null : from * nanosAMilli, toNanos: to === undefined || !profile.hasTimes ? null : to * nanosAMilli,
    collapseRecursion: folded ?? false, hiddenPackages: hidden ?? [], focusFunction: focus === undefined ? null : rowOf(focus), idle: idle ?? false,
  };
}

/** Whether anything is left out of sight by choice. */
export const isNarrowed = ({ threads, fromNanos, toNanos, hiddenPackages, focusFunction }: ProfileLook): boolean => threads !== null || fromNanos !== null || toNanos !== null || hiddenPackages.length > 0 || focusFunction !== null;

/** Of the window's own width, so that a zoom of any depth comes back as it was. */
const digits = 6;

/** "0.125_0.247": where the shown part of the axis begins and how wide it is, as shares of it. */
export function windowText(start: number, end: number, extent: number): string | undefined {
  if (extent <= 0 || (start <= 0 && end >= extent)) return undefined;
  const from = Math.max(0, start) / extent;
  const width = Math.min(extent, end) / extent - from;
  if (!(width > 0)) return undefined;
  const more = from > 0 ? Math.max(0, Math.ceil(Math.log10(from / width))) : 0;
  return `${significant(from, digits + more)}_${significant(width, digits)}`;
}
/** A double has no more than 17. */
const significant = (share: number, figures: number) => String(Number(share.toPrecision(Math.min(17, figures))));

/** The whole axis when the text names no part of it. */
export function windowOf(text: string | undefined, extent: number): { readonly start: number; readonly end: number } {
  const [start = NaN, width = NaN] = (text ?? '').split('_').map(Number);
  const end = start + width;
  return start >= 0 && end > start && end <= 1 + 10 ** -digits ? { start: start * extent, end: Math.min(1, end) * extent } : { start: 0, end: extent };
}
