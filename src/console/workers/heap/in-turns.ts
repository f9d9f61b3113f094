// Long work in turns: between two of them the worker hears what else is asked, so that a search never waits for suspects.
import type { Steps } from '../../../heap/index.ts';

/** A person does not feel a wait of a turn; a timer's own wait is small beside it. */
const turnMs = 25;

/** Rejects with the signal's reason once nobody waits any more. */
export async function inTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (let began = performance.now(); ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < turnMs) continue;
    await new Promise(resolve => { setTimeout(resolve, 0); });
    signal.throwIfAborted();
    began = performance.now();
  }
}
