// Waiting that a cancelled run ends at once.
import type { Run } from './contract.ts';

/** Resolves after the time or when the signal aborts, whichever is first; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve(); return; }
    const done = (): void => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve(); };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Waits while something is measured, and says how far it is; no longer than until `ended` settles. */
export async function lastFor(durationMs: number, run: Run, text: string, least = 0, most = 1, ended?: Promise<unknown>): Promise<void> {
  const [over, from] = [new AbortController(), performance.now()];
  const stop = (): void => { over.abort(); };
  void ended?.then(stop, stop);
  const signal = AbortSignal.any([run.signal, over.signal]);
  for (let gone = 0; gone < durationMs && !signal.aborted; gone = performance.now() - from) {
    run.progress(least + (most - least) * gone / durationMs, text);
    await pause(Math.min(250, durationMs - gone), signal);
  }
}

/** Whether it resolves in time; leaves no timer behind. */
export async function resolvesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), pause(ms, over.signal).then(() => false)]);
  } finally {
    over.abort();
  }
}

/** Asks until it is so; false when the time is over or the run is cancelled. */
export async function becomes(so: () => Promise<boolean>, withinMs: number, signal: AbortSignal): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (let wait = 5; !signal.aborted; wait = Math.min(wait * 1.5, 100)) {
    if (await so()) return true;
    if (performance.now() >= until) return false;
    await pause(wait, signal);
  }
  return false;
}

export function throwIfAborted(signal: AbortSignal): void { if (signal.aborted) throw new Aborted(); }

/** Not an error to be reported: the runner knows why it aborted. */
export class Aborted extends Error {}
