// Records that go and leave nothing: debug noise, what nobody reads, and what a flight recorder can hold instead.
import { partOf, infoSeverity } from '../scope.ts';
import { seriesOf, times } from '../../measured-event.ts';
import { amount, bytes, percent } from '../../words.ts';
import { usersLose } from '../users.ts';
import { riskOf } from '../risk.ts';
import { slug } from '../names.ts';
import type { Idea, Kind, Subject } from '../types.ts';

export const dropDebug: Kind = (subject) => {
  const { event, left } = subject;
  const part = partOf(event, (severity) => severity > 0 && severity < infoSeverity);
  if (event.signal !== 'logs' || part.records === 0) return [];
  const removed = times(left, part.records, part.bytes);
  return [{
    kind: 'drop-debug', title: `Drop the debug records of ${event.label}`, field: null, effect: { removed, made: [] }, shorterBytes: 0,
    because: [`${percent(part.records)} of its records are below INFO: ${amount(removed.recordsPerSecond)} records/s, ${bytes(removed.bytesPerSecond)}/s.`],
    lost: ['Its TRACE and DEBUG records are gone for good; INFO and above pass.', ...usersLose(event, 'they no longer see these.')],
    risk: riskOf('drop-debug', subject, { errors: 0, warnings: 0, felt: 0.5 }),
    description: 'Records below INFO that leave the process and are paid for.', where: [`SeverityNumber > 0 and SeverityNumber < ${infoSeverity}`], tail: ['invoke drop()'],
  }];
};

export const dropUnread: Kind = (subject) => {
  const { event, scope } = subject;
  if (event.unreadSince === null || event.users === null || event.users.length > 0) return [];
  return [{
    ...taking(subject), kind: 'drop-unread', title: `Drop ${event.label}, which nobody reads`, shorterBytes: 0,
    because: [`No rule, net, view, metric, theme or recorder names it and nobody opened it since ${event.unreadSince}.`, ...rateWords(subject)],
    lost: ['Its records are gone for good.', ...keptErrors(scope)],
    risk: riskOf('drop-unread', subject, { ...scope, felt: 1 }), description: `Nobody has read these since ${event.unreadSince}.`, tail: ['invoke drop()'],
  }];
};

/** Shorter records than this, and rarer ones, are not what fills a bill. */
const verboseBytes = 150;

export const divertToRecorder: Kind = (subject) => {
  const { event, scope } = subject;
  const { recordsPerSecond, bytesPerSecond } = scope.rate;
  const isRoutine = scope.errors === 0 && scope.warnings === 0;
  if (event.signal === 'metrics' || !isRoutine || recordsPerSecond < 1 || bytesPerSecond / recordsPerSecond < verboseBytes) return [];
  const recorder = `${slug(event.service) || 'fleet'}-verbose`;
  return [{
    ...taking(subject), kind: 'divert-to-recorder', title: `Keep ${event.label} in a flight recorder`, shorterBytes: 0,
    because: [`${bytes(bytesPerSecond / recordsPerSecond)} a record, none of them a warning or an error: what incidents need, and days without one do not.`, ...rateWords(subject)],
    lost: [`The backend no longer has them; recorder "${recorder}" holds the last of them on each agent until somebody or a net collects it.`, ...keptErrors(scope), ...usersLose(event, 'what they see in the backend is only what was collected.')],
    risk: riskOf('divert-to-recorder', subject, { ...scope, felt: 0.7 }), description: 'Verbose, and needed only when something goes wrong.', tail: [`invoke record("${recorder}")`],
  }];
};

/** All of the scope goes. */
export const taking = ({ event, scope }: Subject): Pick<Idea, 'field' | 'effect' | 'where'> => ({ field: null, effect: { removed: { ...scope.rate, series: seriesOf(event).series }, made: [] }, where: scope.where });

export const rateWords = ({ scope: { rate } }: Subject): readonly string[] => [`${amount(rate.recordsPerSecond)} records/s, ${bytes(rate.bytesPerSecond)}/s leave the agents.`];
export const keptErrors = ({ where }: Subject['scope']): readonly string[] => (where.length > 0 ? ['Its records of ERROR and worse pass as they are.'] : []);
