// The sentences that say why nothing matched.
import type { ClauseCount } from '../../../../engine/index.ts';
import { formatCount, plural, shownValue } from '../../../ui/index.ts';

/** How the records that were looked at came together. */
export interface LookedAt {
  /** Records that reached the rule. */
  readonly records: number;
  /** They are the newest of a stream that goes on; else of a file. */
  readonly live: boolean;
  /** Share of the stream that came to this page, 0 to 1. */
  readonly share: number;
}

/** "the last 2,000 records looked at, a sample of 40 %": what every count is out of. */
export function lookedAtWords({ records, live, share }: LookedAt): string {
  if (!live) return `${plural(records, 'record')} looked at`;
  return `the last ${plural(records, 'record')} looked at${share < 1 ? `, a sample of ${Math.round(share * 100)} %` : ''}`;
}

export function blameWords(clause: ClauseCount, of: LookedAt): string {
  const { text, reached, reads, near } = clause;
  const where = reached === of.records ? `in ${lookedAtWords(of)}` : `in the ${plural(reached, 'record')} for which the conditions before it held, of ${lookedAtWords(of)}`;
  const guess = near === null ? '' : ` Did you mean ${JSON.stringify(near.saw)}? You wrote ${JSON.stringify(near.wrote)}.`;
  return `${text} never held ${where}.${guess}${reads.map(read => sawWords(read, clause)).join('')}`;
}

function sawWords({ name, values, other, least, most }: ClauseCount['reads'][number], { read, reached, passed }: ClauseCount): string {
  if (values.length === 0) return '';
  const told = values.slice(0, 3).map(({ value, count }) => (value === null ? `missing ${times(count)}` : `${shownValue(value)} ${times(count)}`));
  const left = values.slice(3).reduce((sum, { count }) => sum + count, other);
  const range = least !== null && most !== null && least !== most ? `, from ${formatCount(least)} to ${formatCount(most)}` : '';
  // Values are kept of the first so many failures only.
  const part = read < reached - passed ? ` (in the first ${formatCount(read)} of them)` : '';
  return ` ${name} was ${told.join(', ')}${left > 0 ? `, and something else ${times(left)}` : ''}${range}${part}.`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${formatCount(count)} times`);
