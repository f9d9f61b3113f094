// Why the list starts anew: the tail holds records of one stage and of the chosen signals, so another choice empties it.
import { useState } from 'react';
import type { Signal, TailStage } from '../../../model/index.ts';

/** What changed last, in a few words, and why that empties the list; null while it holds what it held since the page was opened. */
export interface Anew { readonly now: string; readonly why: string }

const stageNames: Readonly<Record<TailStage, string>> = { in: 'before rules', out: 'after rules' };

export function useAnew(stage: TailStage, signals: readonly Signal[]): Anew | null {
  const [seen, setSeen] = useState<{ readonly stage: TailStage; readonly signals: string; readonly anew: Anew | null }>({ stage, signals: signals.join(), anew: null });
  if (seen.stage === stage && seen.signals === signals.join()) return seen.anew;
  const anew = seen.stage === stage
    ? { now: signals.join(' and '), why: `The list holds records of the signals that are chosen, and these are ${signals.join(' and ')} now.` }
    : { now: stageNames[stage], why: `The list shows records ${stageNames[stage]} now; those it held were records ${stageNames[seen.stage]}, which are others.` };
  setSeen({ stage, signals: signals.join(), anew });
  return anew;
}
