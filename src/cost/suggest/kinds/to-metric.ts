// To a metric: the records go, their count stays, by what the event's users group and filter by and by what has few values.
import { kqlName, kqlString } from '../../../kql/index.ts';
import type { MeasuredEvent, MeasuredField } from '../../measured-event.ts';
import { monthlyCost, type MonthlyRate } from '../../prices/index.ts';
import { pointBytes, textBytesWithin } from '../../wire-bytes.ts';
import { amount, percent } from '../../words.ts';
import { attributeText } from '../event-kql.ts';
import { metricName } from '../names.ts';
import { mostMade, occupied } from '../occupied.ts';
import { riskOf } from '../risk.ts';
import { fieldsInUse, named, usersLose } from '../users.ts';
import { adjustedCountKey } from './sample.ts';
import { keptErrors, rateWords, taking } from './drop.ts';
import type { Kind, Subject } from '../types.ts';

const windows = [10, 60] as const;
/** Values that a field may have to become part of a metric. */
const fewValues = 50;
const mostGroups = 500;
/** Each value was met this often on average, at the least: then few are still to come. */
const mostlySeen = 3;
const leastPresence = 0.5;
/** Counts that records carry when they stand for several. */
const countKeys = [adjustedCountKey, 'dedup.count'];
/** Columns that the metric has anyway: an attribute of that name cannot be one beside it. */
const ownColumns: ReadonlySet<string> = new Set(['Count', 'ServiceName', 'Timestamp']);

export const toMetric: Kind = (subject) => {
  const { event, scope } = subject;
  if (event.signal !== 'logs' || scope.rate.recordsPerSecond === 0) return [];
  const inUse = fieldsInUse(event);
  const window = windows.find((seconds) => isCheap(subject, seconds, []));
  if (window === undefined) return [];
  const wanted = groupable(event, inUse);
  const kept: MeasuredField[] = [];
  for (const field of wanted) if (isCheap(subject, window, [...kept, field])) kept.push(field);
  const without = [...inUse].filter(([key]) => event.fields.some((field) => field.key === key) && !kept.some((field) => field.key === key));
  const made = pointsOf(subject, window, kept);
  const groups = Math.round(groupsOf(kept));
  const name = metricName(event);
  return [{
    ...taking(subject), kind: 'to-metric', title: `Count ${event.label} in the place of keeping each`, effect: { removed: scope.rate, made: [made] }, shorterBytes: 0,
    because: [...rateWords(subject), `The metric ${name} has ${seriesWords(groups, kept)} and makes ${amount(made.recordsPerSecond)} points/s, ${percent(made.bytesPerSecond / scope.rate.bytesPerSecond)} of the bytes.`],
    lost: [
      `Single records: their text, times and trace ids. Rates stay, every ${window} s.`, ...keptErrors(scope),
      ...without.map(([key, users]) => `${key} ${ownColumns.has(key) ? 'is what a column of the metric is called' : 'has too many values for a metric'}; ${named(users)} ${users.length === 1 ? 'names' : 'name'} it.`),
      ...usersLose(event, `they find the metric ${name} in the place of records.`),
    ],
    risk: Math.min(10, riskOf('to-metric', subject, { ...scope, felt: without.length === 0 ? 0.5 : 1 }) + (without.length > 0 ? 1 : 0)),
    description: `The rate of these is what counts; one point per group and ${window} s in the place of each record.`,
    tail: [`summarize Count = ${countText(subject)} by ${['ServiceName', ...kept.map(({ key }) => `${kqlName(key)} = tostring(${attributeText(key)})`), `bin(Timestamp, ${window}s)`].join(', ')}`, `invoke to_metric(${kqlString(name)})`],
  }];
};

function seriesWords(groups: number, kept: readonly MeasuredField[]): string {
  const by = kept.map(({ key, distinct }) => `${key}: ${amount(distinct)}`).join(', ');
  return groups === 1 ? 'one series' : `at most ${amount(groups)} series (by ${by})`;
}

/** Fields that users name first, then those with the fewest values. One value says nothing; a count of its own is summed up. Where nearly each record that
 *  was looked at brought a value of its own, there may be any number of them. */
function groupable({ fields, looked }: MeasuredEvent, inUse: ReadonlyMap<string, unknown>): readonly MeasuredField[] {
  const fits = ({ place, key, distinct, presence, maxBytes }: MeasuredField): boolean =>
    place === 'attribute' && distinct >= 1.5 && distinct <= fewValues && distinct * mostlySeen <= looked * presence && maxBytes <= 256 && !countKeys.includes(key) && !ownColumns.has(key) && (presence >= leastPresence || inUse.has(key));
  return fields.filter(fits).toSorted((a, b) => Number(inUse.has(b.key)) - Number(inUse.has(a.key)) || a.distinct - b.distinct || (a.key < b.key ? -1 : 1));
}

/** One more where some records are without the field. */
const groupsOf = (fields: readonly MeasuredField[]): number => fields.reduce((product, { distinct, presence }) => product * (Math.round(distinct) + (presence < 0.999 ? 1 : 0)), 1);

/** What the metric makes, and costs. */
function pointsOf({ event, scope }: Subject, seconds: number, fields: readonly MeasuredField[]): MonthlyRate {
  const groups = groupsOf(fields);
  const points = occupied(groups, scope.rate.recordsPerSecond * seconds);
  const attributes = Object.fromEntries([['ServiceName', event.service], ...fields.map(({ key, meanBytes }) => [key, 'x'.repeat(textBytesWithin(key, meanBytes))])]);
  return { signal: 'metrics', recordsPerSecond: points / seconds, bytesPerSecond: (points / seconds) * pointBytes(metricName(event), attributes, points), series: groups };
}

function isCheap(subject: Subject, seconds: number, fields: readonly MeasuredField[]): boolean {
  const { event, scope, prices } = subject;
  if (groupsOf(fields) > mostGroups) return false;
  const made = pointsOf(subject, seconds, fields);
  const saved = monthlyCost({ signal: event.signal, ...scope.rate }, prices).total;
  return made.bytesPerSecond <= mostMade * scope.rate.bytesPerSecond && (saved === 0 || monthlyCost(made, prices).total <= mostMade * saved);
}

/** Records that stand for several count as so many. */
function countText({ event }: Subject): string {
  const key = countKeys.find((one) => event.fields.some((field) => field.place === 'attribute' && field.key === one));
  return key === undefined ? 'count()' : `sum(coalesce(tolong(${attributeText(key)}), 1))`;
}
