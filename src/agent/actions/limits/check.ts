// Whether one more may start, from what was started before. Pure; by the wall clock, for it must hold over restarts. What lies in the
// future, because somebody set the clock back, counts as just now.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { ActionName } from '../../../model/index.ts';
import type { Claim } from './book.ts';
import type { Limits } from './policy.ts';

export const usedInWindow = (claims: readonly Claim[], action: ActionName, { windowMs }: Limits, nowUnixMs: number): number =>
  claims.filter((claim) => claim.action === action && nowUnixMs - claim.atUnixMs < windowMs).length;

export function withinLimits(claims: readonly Claim[], action: ActionName, process: string, limits: Limits, nowUnixMs: number): Result<void> {
  if (usedInWindow(claims, action, limits, nowUnixMs) >= limits.perWindow) {
    const oldest = Math.min(...claims.filter((claim) => claim.action === action && nowUnixMs - claim.atUnixMs < limits.windowMs).slice(-limits.perWindow || undefined).map(({ atUnixMs }) => atUnixMs));
    return failure('action.limit', `${action} ran ${limits.perWindow} times within ${words(limits.windowMs)}, as often as this machine allows.`, limits.perWindow === 0 ? atHome : `It may run again in ${words(Math.max(0, oldest + limits.windowMs - nowUnixMs))}. ${atHome}`);
  }
  const last = Math.max(-Infinity, ...claims.filter((claim) => claim.action === action && claim.process === process).map(({ atUnixMs }) => Math.min(atUnixMs, nowUnixMs)));
  if (nowUnixMs - last >= limits.cooldownMs) return ok(undefined);
  return failure('action.limit', `${action} ran on this process ${words(nowUnixMs - last)} ago; ${words(limits.cooldownMs)} must lie between two.`, `Try again in ${words(last + limits.cooldownMs - nowUnixMs)}. ${atHome}`);
}

const atHome = 'Limits stand in actions-policy.json in the data folder on that machine.';

export function words(ms: number): string {
  if (ms < 90_000) return `${Math.ceil(ms / 1000)} s`;
  return ms < 5_400_000 ? `${Math.ceil(ms / 60_000)} min` : `${Number((ms / 3_600_000).toFixed(1))} h`;
}
