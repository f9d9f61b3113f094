import { vi } from 'vitest';

/** Waits until a check holds, however busy the machine; the test's own time limit is the bound. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 60_000, interval: 20 });
