// The sentence that says why nothing matched.
import type { ClauseCount } from '../../../../engine/index.ts';
import { formatCount, plural, shownValue } from '../../../ui/index.ts';

/** @param scanned records that reached the rule */
export function blameWords(clause: ClauseCount, scanned: number): string {
  const { text, reached, reads } = clause;
  const where = reached === scanned ? `in ${plural(reached, 'record')}` : `in the ${plural(reached, 'record')} for which the conditions before it held`;
  return `${text} never held ${where}.${reads.map(sawWords).join('')}`;
}

function sawWords({ name, values, other, least, most }: ClauseCount['reads'][number]): string {
  if (values.length === 0) return '';
  const told = values.slice(0, 3).map(({ value, count }) => (value === null ? `missing ${formatCount(count)} times` : `${shownValue(value)} ${formatCount(count)} times`));
  const range = least !== null && most !== null && least !== most ? `, from ${formatCount(least)} to ${formatCount(most)}` : '';
  return ` ${name} was ${told.join(', ')}${other > 0 ? `, and something else ${formatCount(other)} times` : ''}${range}.`;
}
