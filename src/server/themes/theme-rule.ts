// The rule of a toggle theme: what takes its records away while it is off. A person finds it among the rules; its text says whose it is. Pure.
import { stringify } from 'yaml';
import { kqlString } from '../../kql/index.ts';
import { maxKqlText, type Theme } from '../../model/index.ts';

type Themed = Pick<Theme, 'name' | 'members' | 'offKeepPerMille'>;

/** Before other rules look: who counts or records these events wants none of them while the theme is off. */
const order = 90;
/** Conditions in one bracket: a chain of hundreds would be too deep for the parser. */
const perBracket = 20;

/** As rules may be called. */
export function ruleName(theme: string, suffix = ''): string {
  const slug = theme.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `theme-${(slug === '' ? 'x' : slug).slice(0, 55 - suffix.length)}${suffix}`.replace(/-+$/, '');
}

export function ruleText({ name, members, offKeepPerMille }: Themed, rule: string): string {
  const does = offKeepPerMille === 0 ? 'none of its records pass' : `${offKeepPerMille} of 1,000 of its records pass`;
  const document = { weir: 1, kind: 'query', name: rule, description: `Toggle theme "${name}": while it is off, ${does}. Deployed when the theme is switched off, disabled when it is switched on.`, order, kql: themeKql({ members, offKeepPerMille }) };
  return `# Of the toggle theme ${JSON.stringify(name)}: change that, for what is written here is written over.\n${stringify(document, { lineWidth: 0, version: '1.2' })}`;
}

/** Whether its text is longer than a rule may be. */
export const isTooLong = (theme: Themed): boolean => themeKql(theme).length > maxKqlText;

export const themeKql = ({ members, offKeepPerMille }: Pick<Themed, 'members' | 'offKeepPerMille'>): string =>
  `Logs\n| where ${anyOf(members.map(condition))}\n| invoke ${offKeepPerMille === 0 ? 'drop()' : `sample(${offKeepPerMille / 1000})`}\n`;

const condition = ({ name, service }: Theme['members'][number]): string => (service === null ? `event(${kqlString(name)})` : `(event(${kqlString(name)}) and ServiceName == ${kqlString(service)})`);

function anyOf(conditions: readonly string[]): string {
  if (conditions.length <= perBracket) return conditions.join('\n    or ');
  const brackets: string[] = [];
  for (let i = 0; i < conditions.length; i += perBracket) brackets.push(`(${conditions.slice(i, i + perBracket).join('\n    or ')})`);
  return anyOf(brackets);
}
