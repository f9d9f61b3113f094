// What /proc/PID/cgroup tells: the container, and the group's own bound of memory.
import { join } from 'node:path';
import { readBounded } from './proc.ts';

/** The id of a container as Docker, containerd, CRI-O and Podman name its control group: 64 hex digits. */
export const containerOf = (cgroup: string): string | null => /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m.exec(cgroup)?.[1] ?? null;

/** Bytes that the group may still take; null without a bound. Both hierarchies. */
export async function cgroupHeadroomBytes(cgroup: string, mount = '/sys/fs/cgroup'): Promise<number | null> {
  const unified = /^0::(\/.*)$/m.exec(cgroup)?.[1];
  const legacy = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m.exec(cgroup)?.[1];
  const found = await Promise.all([
    ...(unified === undefined ? [] : above(unified).map((path) => leftOf(join(mount, path), 'memory.max', 'memory.current'))),
    ...(legacy === undefined ? [] : [leftOf(join(mount, 'memory', legacy), 'memory.limit_in_bytes', 'memory.usage_in_bytes')]),
  ]);
  const bounds = found.filter((bytes) => bytes !== null);
  return bounds.length === 0 ? null : Math.max(0, Math.min(...bounds));
}

/** A group and those it is in: each may have a bound. */
function above(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..').slice(0, 32);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** No bound reads as `max` or as a number near 2^63. */
async function leftOf(folder: string, boundName: string, usedName: string): Promise<number | null> {
  const [bound, used] = await Promise.all([readBounded(join(folder, boundName), 64), readBounded(join(folder, usedName), 64)]);
  const most = Number(bound?.trim());
  return bound === null || used === null || !Number.isFinite(most) || most > 2 ** 60 ? null : most - Number(used);
}
