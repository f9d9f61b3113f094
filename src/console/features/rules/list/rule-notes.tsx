// What a rule needs a person to know, under its row: it turned itself off, another rule hides it, it costs too much, it is about to end.
import type { RuleSummary } from '../../../../model/index.ts';
import { Icon, Time } from '../../../ui/index.ts';

export interface RuleNotesProps { readonly rule: RuleSummary; readonly onOpen: (id: string) => void }

export const hasNote = (rule: RuleSummary): boolean => rule.breaches.length > 0 || rule.conflicts.length > 0 || costsTooMuch(rule) !== null || endsAt(rule) !== null;

const endsAt = (rule: RuleSummary): string | null => (rule.state === 'deployed' ? rule.expiresAt : null);
const costsTooMuch = (rule: RuleSummary): string | null => (rule.state === 'deployed' ? rule.effect.overBudget ?? null : null);

export function RuleNotes({ rule, onOpen }: RuleNotesProps) {
  const [cost, end] = [costsTooMuch(rule), endsAt(rule)];
  return (
    <ul className="rules-notes">
      <Breaches rule={rule} />
      {cost !== null && <li className="amb"><Icon name="warn" size="s" /><span><b>Over its budget</b>: {cost}</span></li>}
      {rule.conflicts.map(({ withId, withName, level, message }) => (
        <li key={withId} className={level === 'never' ? 'amb' : 't2'}><Icon name={level === 'never' ? 'warn' : 'info'} size="s" /><span>{message} <button type="button" className="link" onClick={() => onOpen(withId)}>Open {withName}</button></span></li>
      ))}
      {end !== null && <li className="t3"><Icon name="clock" size="s" /><span>Ends by itself <Time at={end} show="relative" />.</span></li>}
    </ul>
  );
}

/** The newest, and how many agents more did the same. */
function Breaches({ rule: { breaches } }: { readonly rule: RuleSummary }) {
  const [breach] = breaches;
  if (breach === undefined) return null;
  const others = new Set(breaches.map(({ agent }) => agent)).size - 1;
  return <li className="red"><Icon name="warn" size="s" /><span><b>Turned itself off</b> on {breach.agent}{others > 0 && ` and ${others} more`} <Time at={breach.at} show="relative" />. {breach.reason} <span className="t2">Records pass it untouched there; deploy it again to arm it.</span></span></li>;
}
