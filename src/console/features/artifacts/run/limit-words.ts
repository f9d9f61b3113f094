// How much of what the machine's owner allows is used. Pure.
import type { ActionPreview } from '../../../../model/index.ts';
import { formatDuration } from '../../../ui/index.ts';

/** "1 of 6 used in the last 1 h; 5 are left. 1 m must lie between two of the same process." */
export function limitWords({ usedInWindow, ofWindow, windowMs, cooldownMs }: ActionPreview['limits']): string {
  const left = Math.max(0, ofWindow - usedInWindow);
  const window = formatDuration(windowMs);
  const apart = cooldownMs > 0 ? ` ${formatDuration(cooldownMs)} must lie between two on the same process.` : '';
  return `${usedInWindow} of ${ofWindow} used in the last ${window}; ${left === 0 ? 'none is left: each is free again that long after it ran' : `${left} left`}.${apart}`;
}
