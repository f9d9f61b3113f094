// What a rule that was just begun still lacks. These are no mistakes: they are said as what is to do, and only real mistakes are red.
import type { KqlDiagnostic } from '../../../../model/index.ts';

/** What the checks say of things that nobody has filled in yet. */
const unfilled: Readonly<Record<string, string>> = { 'weir/no-sink': 'choose what happens to the records', 'machine/no-event': 'choose an event', 'machine/no-recorder': 'name the flight recorder' };
const numbers = ['No things', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things'];

/** What is not filled in stops the rule, and is worth no red. */
export const calm = <D extends KqlDiagnostic>(problems: readonly D[]): readonly D[] => problems.some(isUnfilled) ? problems.map(each => (isUnfilled(each) ? { ...each, severity: 'warning' } : each)) : problems;
const isUnfilled = ({ code, severity }: KqlDiagnostic): boolean => severity === 'error' && code in unfilled;

/** What is still to do, in the order in which it is said; the name comes last, for only saving needs it. @param problems as the checks gave them */
export function toGoOf(problems: readonly KqlDiagnostic[], nameless: boolean): readonly string[] {
  return [...new Set([...problems.filter(isUnfilled).map(({ code }) => unfilled[code]!), ...(nameless ? ['name the rule'] : [])])];
}

/** "Two things to go". */
export const toGoCount = (toGo: readonly string[]): string => `${numbers[toGo.length] ?? `${toGo.length} things`} to go`;
/** "Two things to go: choose what happens to the records; name the rule." */
export const toGoWords = (toGo: readonly string[]): string => `${toGoCount(toGo)}: ${toGo.join('; ')}.`;
