// Fields that are the money: removed when nobody names them, cut short when what is behind their start is only long.
import { kqlName } from '../../../kql/index.ts';
import { columnsOf } from '../../../otlp/index.ts';
import type { MeasuredEvent, MeasuredField } from '../../measured-event.ts';
import { fieldLabel } from '../../report/index.ts';
import { textBytesWithin } from '../../wire-bytes.ts';
import { amount, bytes, percent } from '../../words.ts';
import { attributeText } from '../event-kql.ts';
import { riskOf } from '../risk.ts';
import { errorSeverity } from '../scope.ts';
import { fieldsInUse, named } from '../users.ts';
import type { Idea, Kind, Subject } from '../types.ts';

/** A field below this share of its event is not worth a rule. */
const leastShare = 0.05;
/** KQL takes such a name for the column, not for the attribute: a rule would write to the wrong one. */
const columns = new Set([...columnsOf('logs'), ...columnsOf('spans'), ...columnsOf('metrics')].map(({ name }) => name));
const isUnmistakable = (key: string): boolean => key !== '' && !columns.has(key);
/** What names an event, joins records or says how many they stand for stays. */
const keeps = /^(code\.|exception\.(type|message)$|error\.type$|event\.|service\.|dedup\.|sampling\.|trace|span|http\.(route|request\.method|response\.status_code)$)/;

export const removeField: Kind = (subject) => {
  const { event } = subject;
  if (event.signal === 'metrics') return [];
  const inUse = fieldsInUse(event);
  return event.fields.filter(({ place, key, share }) => place === 'attribute' && share >= leastShare && isUnmistakable(key) && !keeps.test(key) && !inUse.has(key)).map((field) => removing(subject, field));
};

function removing(subject: Subject, field: MeasuredField): Idea {
  const { event, left } = subject;
  const { key, share, distinct, presence, meanBytes } = field;
  const removed = { recordsPerSecond: 0, bytesPerSecond: left.bytesPerSecond * share };
  return {
    kind: 'remove-field', title: `Remove ${key} from ${event.label}`, field: key, effect: { removed, made: [] }, shorterBytes: meanBytes, where: [],
    because: [
      `${key} is ${percent(share)} of its bytes: ${bytes(meanBytes)} in ${percent(presence)} of its records, of a sample of ${amount(event.looked)}.`,
      event.users === null ? 'Whether anybody reads it is not known here.' : 'No rule, net, view or metric names it.', ...(distinct < 1.5 ? ['It always has the same value, so it says nothing.'] : []),
    ],
    lost: [distinct < 1.5 ? 'A value that never changed.' : `Its values (about ${amount(distinct)} different ones), for good.`, ...showing(event)],
    risk: riskOf('remove-field', subject, { ...errorsOf(subject), felt: 0.3 }), description: `${percent(share)} of the bytes of these records, and nobody names it.`,
    tail: [`project-away ${kqlName(key)}`, 'invoke update()'],
  };
}

/** Values shorter than this on average stay as they are. */
const longBytes = 512;
const cuts = [1024, 512, 256, 128, 64] as const;
/** How much longer the mean value is than what is left of it: then the saving is known well whatever the lengths of the others. */
const leastRatio = 8;

export const truncateField: Kind = (subject) => {
  const { event } = subject;
  if (event.signal === 'metrics') return [];
  return event.fields.filter(isLong).flatMap((field) => truncating(subject, field));
};

const isLong = ({ place, key, isText, share }: MeasuredField): boolean => isText && share >= leastShare && ((place === 'attribute' && isUnmistakable(key)) || (place === 'body' && key === ''));

function truncating(subject: Subject, field: MeasuredField): readonly Idea[] {
  const { event, left } = subject;
  const { place, key, share, presence, meanBytes, maxBytes } = field;
  const mean = textBytesWithin(place === 'body' ? '' : key, meanBytes);
  const keep = mean < longBytes ? undefined : cuts.find((cut) => mean >= cut * leastRatio);
  if (keep === undefined) return [];
  const cut = cutBytes(mean, maxBytes, keep);
  const label = fieldLabel(field);
  const text = place === 'body' ? 'tostring(Body)' : `tostring(${attributeText(key)})`;
  const users = fieldsInUse(event).get(key) ?? [];
  const removed = { recordsPerSecond: 0, bytesPerSecond: left.bytesPerSecond * share * Math.min(1, cut / meanBytes) };
  return [{
    kind: 'truncate-field', title: `Keep the first ${keep} characters of ${label} in ${event.label}`, field: label, effect: { removed, made: [] }, shorterBytes: cut,
    because: [`${label} is ${percent(share)} of its bytes: ${bytes(mean)} on average, up to ${bytes(maxBytes)}, in ${percent(presence)} of its records.`],
    lost: [`What stands behind the first ${keep} characters of ${label}.`, ...(users.length > 0 ? [`${named(users)} ${users.length === 1 ? 'reads' : 'read'} it.`] : []), ...showing(event)],
    risk: Math.min(10, riskOf('truncate-field', subject, { ...errorsOf(subject), felt: 0.3 }) + (users.length > 0 ? 2 : 0)), description: `The start of ${label} says what it is; the rest is only long.`,
    where: [`strlen(${text}) > ${keep}`], tail: [`extend ${place === 'body' ? 'Body' : kqlName(key)} = substring(${text}, 0, ${keep})`, 'invoke update()'],
  }];
}

/** Expected bytes that go of a value: between all values being as long as the mean, and some being as long as the longest and the others as short as they can be. */
function cutBytes(mean: number, longest: number, keep: number): number {
  const most = longest > mean ? mean - (keep * (mean - keep)) / Math.max(1, longest - keep) : mean - keep;
  return (mean - keep + Math.max(mean - keep, most)) / 2;
}

/** A field goes from all records, errors among them. */
const errorsOf = ({ event, scope }: Subject): { readonly errors: number; readonly warnings: number } => ({ errors: event.severities.some(({ severity }) => severity >= errorSeverity) ? 1 : scope.errors, warnings: scope.warnings });

/** Users that show whole records. */
function showing({ users }: MeasuredEvent): readonly string[] {
  const whole = (users ?? []).filter(({ kind, fields }) => kind === 'view' && fields.length === 0);
  return whole.length === 0 ? [] : [`${named(whole)} ${whole.length === 1 ? 'shows' : 'show'} whole records, from then on without it.`];
}
