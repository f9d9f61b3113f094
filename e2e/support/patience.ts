// What a story may ask of time. A machine with more to do than it has cores takes longer by as much, and tells of the machine, not of the product.
import { availableParallelism, loadavg } from 'node:os';

/** `ms` on a machine with a core for everything that wants one; longer by as much as this one is overcommitted. */
export const onThisMachine = (ms: number): number => ms * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
