// The scoring table of language rules: what their script may do, read from its text and its limits.
//
//   privacy      1 emits records or metrics of what it sees · actions: as in factors.ts, of each kind that the text names; of all when it names none
//   security     0 a sandbox without I/O · actions: as in factors.ts
//   reliability  0 it changes and drops nothing · 1 never ends · 4 memory dump stops the process · 2 more than 20 actions an hour
//   cost         1 emits records or metrics · 2 artifacts
//   performance  2 every record · 1 some records · 1 above 10,000 and 2 above 100,000 records a second · 2 CPU or heap samples
import { actionNames } from '../../model/index.ts';
import type { CompiledLanguage } from '../types.ts';
import { actionsPoints, type RiskFacts, type RiskPoint } from './factors.ts';

const point = (axis: RiskPoint['axis'], points: number, reason: string): RiskPoint => ({ axis, points, reason });
const when = (is: boolean, ...points: readonly RiskPoint[]): readonly RiskPoint[] => (is ? points : []);

export function languagePoints(rule: CompiledLanguage, { recordsPerSecond = 0 }: RiskFacts): readonly RiskPoint[] {
  const { language: { javascript, when: condition, limits }, targets, expiresAfterMs } = rule;
  const hands = /\.\s*(emit|metric)\b/.test(javascript);
  const actions = limits.actions === 0 ? [] : actionsIn(javascript);
  return [
    point('security', 0, 'Its script runs in a sandbox without files, network or clock.'), point('reliability', 0, 'It changes and drops no record.'),
    ...when(hands, point('privacy', 1, 'What it reads may stand in the records and metrics that it makes; records pass redaction.'), point('cost', 1, 'The records and metrics that it makes are paid for.')),
    ...actionsPoints(actions, (limits.actions * 3_600_000) / Math.max(1, limits.perMs)),
    condition === null && targets === null ? point('performance', 2, 'Every record is handed to its script.') : point('performance', 1, 'Records that pass its condition are handed to its script.'),
    ...when(recordsPerSecond > 10_000, point('performance', recordsPerSecond > 100_000 ? 2 : 1, `${Math.round(recordsPerSecond).toLocaleString('en')} records a second reach it.`)),
    ...when(expiresAfterMs === null, point('reliability', 1, 'It never ends by itself: someone must remember it.')),
  ];
}

/** Those that the text names; all when it asks for one whose name it works out. */
function actionsIn(javascript: string): readonly string[] {
  if (!/\baction\b/.test(javascript)) return [];
  const named = actionNames.filter((name) => javascript.includes(name));
  return named.length > 0 ? named : actionNames;
}
