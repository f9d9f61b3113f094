// Long work in turns: before the first and between two of them the worker hears what else is asked, so that neither the first table
// nor a search waits for suspects.
import type { Steps } from '../../../heap/index.ts';

/** A person does not feel a wait of a turn; a timer's own wait is small beside it. */
const turnMs = 25;

/** Rejects with the signal's reason once nobody waits any more. */
export async function inTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    await new Promise(resolve => { setTimeout(resolve, 0); });
    signal.throwIfAborted();
    const began = performance.now();
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() - began < turnMs);
  }
}
