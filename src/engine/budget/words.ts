// The sentences in which a breach is told, with their figures. They go to status, audit and toast as they are.
import type { RuleBounds } from '../../model/index.ts';

/** 0.3812 -> "38 %"; small shares keep two figures. */
export const percent = (share: number): string => `${rounded(share * 100)} %`;
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
/** 33_554_432 -> "32 MiB". */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let [amount, unit] = [bytes, 0];
  while (amount >= 1024 && unit < units.length - 1) { amount /= 1024; unit++; }
  return `${rounded(amount)} ${units[unit]}`;
}
export const count = (value: number): string => Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',');

const rounded = (value: number): string => (value >= 10 ? Math.round(value).toString() : Number(value.toPrecision(2)).toString());

export const cpuReason = (share: number, overMs: number, bounds: RuleBounds): string => `Used ${percent(share)} of a core over the last ${seconds(overMs)}; its budget is ${percent(bounds.cpuShare)}.`;
export const sliceReason = (usedMs: number, sliceMs: number): string => `Took ${count(usedMs)} ms of one request; a rule may take ${count(sliceMs)} ms of one.`;
export const memoryReason = (bytes: number, groups: number, bounds: RuleBounds): string => `Held ${size(bytes)} in ${count(groups)} ${groups === 1 ? 'group' : 'groups'}; its budget is ${size(bounds.memoryBytes)}.`;
export const outputReason = (perSecond: number, overMs: number, bound: number): string => `Made ${count(perSecond)} records and points a second over the last ${seconds(overMs)}; its budget is ${count(bound)} a second.`;
export const pointsReason = (points: number, windowMs: number, bound: number): string => `Made ${count(points)} points of a window of ${seconds(windowMs)}; its budget is ${count(bound)} records and points a second.`;
export const expiredReason = (expiresAtUnixMs: number): string => `Reached its end, ${new Date(expiresAtUnixMs).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}.`;
export const ceilingReason = (allShare: number, overMs: number, ceiling: number, ownShare: number): string => `All rules together used ${percent(allShare)} of a core over the last ${seconds(overMs)}; the agent's ceiling is ${percent(ceiling)}. This rule cost the most, ${percent(ownShare)}.`;
export const processMemoryReason = (rssBytes: number, ceilingBytes: number, ownBytes: number): string => `The agent's process held ${size(rssBytes)}; its ceiling is ${size(ceilingBytes)}. This rule held the most, ${size(ownBytes)}.`;
