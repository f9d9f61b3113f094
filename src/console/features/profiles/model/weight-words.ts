// Weights, shares and how sure they are, in words.
import { confidence } from '../../../../profiles/index.ts';
import { formatBytes, formatCount, formatPercent } from '../../../ui/index.ts';
import type { ProfileWeight } from '../../../workers/profile/index.ts';

type Unit = Pick<ProfileWeight, 'unit' | 'unitText'>;

/** Three figures: 3.48 s, 12.5 ms, 810 µs. */
export function formatNanos(nanos: number): string {
  const size = Math.abs(nanos);
  if (size === 0) return '0 s';
  const [divisor, unit] = size >= 1e9 ? [1e9, 's'] : size >= 1e6 ? [1e6, 'ms'] : size >= 1e3 ? [1e3, 'µs'] : [1, 'ns'];
  const value = nanos / divisor;
  return `${Math.abs(value) >= 1000 ? formatCount(value) : Number(value.toPrecision(3)).toString()} ${unit}`;
}

export function formatWeight(value: number, { unit, unitText }: Unit): string {
  if (unit === 'nanoseconds') return formatNanos(value);
  if (unit === 'bytes') return formatBytes(value);
  return `${formatCount(value)}${unit === 'other' && unitText !== '' ? ` ${unitText}` : ''}`;
}

/** What a weight is called: "Time", "Alloc space". */
export const weightName = ({ name }: Pick<ProfileWeight, 'name'>): string => { const words = name.replaceAll('_', ' '); return words.charAt(0).toUpperCase() + words.slice(1); };

export const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
/** "42.5 %", with a second decimal where the first says nothing: "0.03 %". */
export function shareText(share: number): string {
  if (share === 0) return '0 %';
  return share >= 0.001 ? formatPercent(share) : share >= 0.00005 ? formatPercent(share, 2) : '<0.01 %';
}
export const percent = (part: number, whole: number): string => shareText(shareOf(part, whole));

/** "1.1": the 95 % margin of a share, in points of percent. */
export const surePoints = (part: number, whole: number, samples: number): string => confidence(shareOf(part, whole), samples).toFixed(1);

/** "+ 42.5 points", "− 3.1 points", "no change". */
export function changeText(points: number): string {
  if (Math.abs(points) < 0.05) return 'no change';
  return `${points > 0 ? '+' : '−'} ${Math.abs(points).toFixed(1)} points`;
}

/** Seconds with two decimals: 8.20. */
export const secondsText = (nanos: number): string => (nanos / 1e9).toFixed(2);
