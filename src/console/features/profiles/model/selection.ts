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

/** "0.1250-0.3720": the part of the axis that is shown, as shares of it. */
export function windowText(start: number, end: number, extent: number): string | undefined {
  if (extent <= 0 || (start <= 0 && end >= extent)) return undefined;
  return `${shareText(start / extent)}-${shareText(end / extent)}`;
}
const shareText = (share: number) => String(Number(Math.min(1, Math.max(0, share)).toFixed(6)));

/** The whole axis when the text names no part of it. */
export function windowOf(text: string | undefined, extent: number): { readonly start: number; readonly end: number } {
  const [start = 0, end = 0] = (text ?? '').split('-').map(Number);
  return Number.isFinite(start) && Number.isFinite(end) && start >= 0 && end > start && end <= 1 ? { start: start * extent, end: end * extent } : { start: 0, end: extent };
}
