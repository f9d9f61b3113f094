// How a source is called, and where it is found elsewhere in the console.
import type { RedactionSource } from '../../../../model/index.ts';
import { formatCount } from '../../../ui/index.ts';

/** The line to fix, or the durable id of a record that names no line. */
export const lineOf = ({ source, durableId }: Pick<RedactionSource, 'source' | 'durableId'>): string => (source === '' ? durableId : source);

/** A KQL string literal. */
const literal = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const predicateOf = ({ service, durableId }: RedactionSource): string =>
  [...(service === '' ? [] : [`ServiceName == ${literal(service)}`]), ...(durableId === '' ? [] : [`DurableId == ${literal(durableId)}`])].join(' and ');

/** The tail, showing only what this line writes. */
export const tailSearchOf = (source: RedactionSource) => ({ q: predicateOf(source), signals: [source.signal] });

/** How a state is said. */
export const stateWords: Readonly<Record<RedactionSource['state'], string>> = { leaking: 'still leaking', unproved: 'not proved', clean: 'clean', ignored: 'let pass on purpose' };

/** As the words of its state; of one that was hidden before, that it leaks again. */
export const stateSaid = ({ state, againSince }: Pick<RedactionSource, 'state' | 'againSince'>): string => (state === 'leaking' && againSince !== undefined ? 'leaking again' : stateWords[state]);

/** What was seen leaving, as a table has room for: a sample's count is a floor. */
export const leftShort = ({ residual, residualIsFloor = false }: Pick<RedactionSource, 'residual' | 'residualIsFloor'>): string => `${residualIsFloor ? '\u2265 ' : ''}${formatCount(residual)} left`;

/** "at least 855 (sampled)". Nothing seen in a sample is no zero: "none seen (sampled)". */
export function countedWords(count: number, isFloor = false): string {
  if (!isFloor) return formatCount(count);
  return count === 0 ? 'none seen (sampled)' : `at least ${formatCount(count)} (sampled)`;
}

export const countOf = ({ masked, residual }: Pick<RedactionSource, 'masked' | 'residual'>): number => masked + residual;
