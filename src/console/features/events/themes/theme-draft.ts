// A theme as it is edited: what it says, what was changed since, and what somebody else saved meanwhile. Pure.
import type { ThemeInput, ThemeView } from '../../../../model/index.ts';
import type { Members } from '../list/picks.ts';
import { slotProblem, slotWords } from './schedule-words.ts';

export const inputOf = ({ name, description, members, offKeepPerMille, schedule }: ThemeInput): ThemeInput => ({ name, description, members, offKeepPerMille, schedule });

/** Field by field, to say what somebody else changed. */
export const inWords = ({ name, description, members, offKeepPerMille, schedule }: ThemeInput): Readonly<Record<string, string>> => ({
  'The name': name, 'What it is for': description, 'Its events': members.map(({ name: event, service }) => (service === null ? event : `${event} of ${service}`)).join(', '),
  'What passes while it is off': `${offKeepPerMille} of 1,000`, 'Its schedule': schedule.length === 0 ? 'none' : schedule.map(slotWords).join('; '),
});

/** `members` come to those that it has. */
export function draftOf(theme: ThemeView | undefined, members: Members): ThemeInput {
  if (theme === undefined) return { name: '', description: '', members: [...members], offKeepPerMille: 0, schedule: [] };
  return { ...inputOf(theme), members: together(theme.members, members) };
}

/** What was changed since `base`, on top of what it says now. */
export function takenOver(draft: ThemeInput, base: ThemeInput, latest: ThemeInput): ThemeInput {
  const own = <K extends keyof ThemeInput>(key: K): ThemeInput[K] => (JSON.stringify(draft[key]) === JSON.stringify(base[key]) ? latest[key] : draft[key]);
  const left = base.members.filter(one => !has(draft.members, one));
  const added = draft.members.filter(one => !has(base.members, one));
  return { name: own('name'), description: own('description'), offKeepPerMille: own('offKeepPerMille'), schedule: own('schedule'), members: together(latest.members.filter(one => !has(left, one)), added) };
}

/** What keeps it from being saved; null for nothing. */
export function problemOf({ name, members, schedule }: ThemeInput): string | null {
  if (name.trim() === '') return 'Give it a name.';
  if (members.length === 0) return 'It needs at least one event.';
  return schedule.map(slotProblem).find(problem => problem !== null) ?? null;
}

const has = (all: Members, { name, service }: Members[number]): boolean => all.some(other => other.name === name && other.service === service);
const together = (all: Members, more: Members): ThemeInput['members'] => [...all, ...more.filter(one => !has(all, one))];
