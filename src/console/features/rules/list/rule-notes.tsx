// What a rule needs a person to know, under its row: it turned itself off or ended, another rule hides it, it fails, it costs too
// much, it is about to end, it follows a rename; and where it has the words that are searched.
import type { FollowedName, RuleSummary } from '../../../../model/index.ts';
import { FollowsWords, formatCount, Icon, Time } from '../../../ui/index.ts';
import { breachWords } from '../words/breach-words.ts';
import { doingWords } from '../words/doing-words.ts';
import { runningSeries } from '../words/series.ts';
import type { FoundPlace } from './find-rules.ts';

export interface RuleNotesProps { readonly rule: RuleSummary; readonly places: readonly FoundPlace[]; readonly follows: readonly FollowedName[]; readonly onOpen: (id: string) => void; readonly onEnableAgain: (rule: RuleSummary) => void }

export const hasNote = (rule: RuleSummary, places: readonly FoundPlace[], follows: readonly FollowedName[]): boolean =>
  places.length > 0 || follows.length > 0 || rule.breaches.length > 0 || conflictsOf(rule).length > 0 || unsure(rule) || costsTooMuch(rule) !== null || endsAt(rule) !== null || hasExpired(rule) || fails(rule) || noIdYet(rule) !== null || runningSeries(rule) !== null;

const endsAt = (rule: RuleSummary): string | null => (rule.state === 'deployed' ? rule.expiresAt : null);
const costsTooMuch = (rule: RuleSummary): string | null => (rule.state === 'deployed' ? rule.effect.overBudget ?? null : null);
const hasExpired = (rule: RuleSummary): boolean => rule.ended?.reason === 'expired';
const fails = (rule: RuleSummary): boolean => rule.state === 'deployed' && rule.effect.errors > 0;
/** Records that a redact rule took because it could not rule them out. */
const noIdYet = (rule: RuleSummary): number | null => (rule.state === 'deployed' ? rule.effect.noIdYet ?? null : null);
/** The server could not work out what other rules do to this one. */
const unsure = (rule: RuleSummary): boolean => rule.state !== 'disabled' && rule.conflictsKnown === false;
/** A rule that was disabled sees nothing anyhow. */
const conflictsOf = (rule: RuleSummary): RuleSummary['conflicts'] => (rule.state === 'disabled' ? [] : rule.conflicts);

export function RuleNotes({ rule, places, follows, onOpen, onEnableAgain }: RuleNotesProps) {
  const [cost, end, series, doubted] = [costsTooMuch(rule), endsAt(rule), runningSeries(rule), noIdYet(rule)];
  return (
    <ul className="rules-notes">
      {places.map(({ where, before, word, after }) => <li key={where} className="t2"><Icon name="search" size="s" /><span>in its {where}: <span className="mono">{before}<mark>{word}</mark>{after}</span></span></li>)}
      <Breaches rule={rule} />
      {doubted !== null && <li className="t2"><Icon name="shield" size="s" /><span><b>{formatCount(doubted)} {doubted === 1 ? 'record' : 'records'} taken without a known id</b>: they could be those that it names, so they are redacted as well.</span></li>}
      {fails(rule) && <li className="red"><Icon name="warn" size="s" /><span><b>Failed on {formatCount(rule.effect.errors)} {rule.effect.errors === 1 ? 'record' : 'records'}</b>: {rule.effect.lastError ?? 'no reason given'}. They pass untouched.</span></li>}
      {series !== null && <li className={series.kind === 'overflow' ? 'red' : 'amb'}><Icon name="warn" size="s" /><span><b>{series.strong}</b>: {series.rest}</span></li>}
      {cost !== null && <li className="amb"><Icon name="warn" size="s" /><span><b>Over its budget</b>: {cost}</span></li>}
      {conflictsOf(rule).map(({ withId, withName, level, message }) => (
        <li key={withId} className={level === 'never' ? 'amb' : 't2'}><Icon name={level === 'never' ? 'warn' : 'info'} size="s" /><span>{rule.state === 'draft' && 'Once deployed: '}{message} <button type="button" className="link" onClick={() => onOpen(withId)}>Open {withName}</button></span></li>
      ))}
      {unsure(rule) && <li className="amb"><Icon name="warn" size="s" /><span><b>Conflicts not known</b>: the check of what other rules take from it failed{conflictsOf(rule).length > 0 && '; what stands above is from the last one that did not'}. It is tried again within a minute.</span></li>}
      {follows.length > 0 && <li><FollowsWords follows={follows} /></li>}
      {end !== null && <li className="t3"><Icon name="clock" size="s" /><span>Ends by itself <Time at={end} show="relative" />.</span></li>}
      {hasExpired(rule) && <li className="t2"><Icon name="clock" size="s" /><span>Expired at <Time at={rule.ended!.at} show="full" />: it ended by itself. <button type="button" className="link" onClick={() => onEnableAgain(rule)}>{doingWords(rule.kind).again}</button></span></li>}
    </ul>
  );
}

/** The newest, and how many agents more did the same. */
function Breaches({ rule: { breaches, breachedAgents } }: { readonly rule: RuleSummary }) {
  const [breach] = breaches;
  if (breach === undefined) return null;
  const others = (breachedAgents ?? new Set(breaches.map(({ agent }) => agent)).size) - 1;
  const { did, next } = breachWords(breach.kind);
  return <li className="red"><Icon name="warn" size="s" /><span><b>{did.charAt(0).toUpperCase() + did.slice(1)}</b> on {breach.agent}{others > 0 && ` and ${others} more`} <Time at={breach.at} show="relative" />. {breach.reason} <span className="t2">{next}</span></span></li>;
}
