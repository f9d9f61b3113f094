// What happened to rules by itself, as messages: several agents of one rule are one message.
import type { BreachKind, RuleNotice } from '../../model/index.ts';
import { plural } from '../ui/index.ts';

/** Of one rule and one kind of event, oldest first. */
export interface RuleNews { readonly key: string; readonly notices: readonly RuleNotice[] }

/** Groups in the order in which they began. */
export function newsOf(notices: readonly RuleNotice[]): readonly RuleNews[] {
  const groups = new Map<string, RuleNotice[]>();
  for (const notice of notices) {
    const key = `${notice.kind} ${notice.ruleId}`;
    groups.set(key, [...groups.get(key) ?? [], notice]);
  }
  return [...groups].map(([key, of]) => ({ key, notices: of }));
}

const byItself = { did: 'turned itself off', next: 'Records pass it untouched there until it is deployed again.' };
const breachWords: Readonly<Partial<Record<BreachKind, typeof byItself>>> = {
  sandbox: { did: 'was ended by its sandbox', next: 'No record waited for it. Mend the script and deploy it again.' },
  refused: { did: 'was refused', next: 'It never ran there.' },
};

export function newsWords({ notices }: RuleNews): { readonly title: string; readonly detail: string; readonly kind: 'done' | 'error' } {
  const { kind, ruleName, message } = notices.at(-1)!;
  const rules = notices.at(-1)!.rules ?? 1;
  if (kind === 'expired') return { kind: 'done', title: rules > 1 ? `${plural(rules, 'rule')} ended by themselves` : `${ruleName} ended by itself`, detail: message };
  const agents = [...new Set(notices.flatMap(({ agent }) => (agent === null ? [] : [agent])))];
  const count = Math.max(agents.length, ...notices.map(notice => notice.agents ?? 0));
  const where = count === 0 ? '' : count === 1 ? ` on ${agents[0]}` : ` on ${plural(count, 'agent')}`;
  const { did, next } = breachWords[notices.at(-1)!.breach ?? 'cpu'] ?? byItself;
  return { kind: 'error', title: `${ruleName} ${did}${where}`, detail: `${message} ${next}` };
}
