// How it came that a rule does not run on an agent, although it is deployed there.
import type { BreachKind } from '../../../../model/index.ts';

interface BreachWords {
  /** Behind the rule, as "turned itself off on edge-1". */
  readonly did: string;
  /** One word of state. */
  readonly state: string;
  /** What may be done about it. */
  readonly next: string;
}

const byItself: BreachWords = { did: 'turned itself off', state: 'turned off', next: 'Records pass it untouched there; deploy it again to arm it.' };
const words: Readonly<Partial<Record<BreachKind, BreachWords>>> = {
  sandbox: { did: 'was ended by its sandbox', state: 'ended', next: 'Records never waited for it. Mend the script and deploy it again.' },
  refused: { did: 'was refused', state: 'refused', next: 'It never ran there. Mend what the agent says, or update the agent, and deploy it again.' },
};

export const breachWords = (kind: BreachKind): BreachWords => words[kind] ?? byItself;

/** Of one kind, or of several at once. */
export function breachesDid(breaches: readonly { readonly kind: BreachKind }[]): string {
  const all = new Set(breaches.map(({ kind }) => breachWords(kind).did));
  return all.size === 1 ? [...all][0]! : 'does not run';
}
