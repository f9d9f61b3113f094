// How a source is called, and where it is found elsewhere in the console.
import type { RedactionSource } from '../../../../model/index.ts';

/** The line to fix, or the durable id of a record that names no line. */
export const lineOf = ({ source, durableId }: Pick<RedactionSource, 'source' | 'durableId'>): string => (source === '' ? durableId : source);

/** A KQL string literal. */
const literal = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const predicateOf = ({ service, durableId }: RedactionSource): string =>
  [...(service === '' ? [] : [`ServiceName == ${literal(service)}`]), ...(durableId === '' ? [] : [`DurableId == ${literal(durableId)}`])].join(' and ');

/** The tail, showing only what this line writes. */
export const tailSearchOf = (source: RedactionSource) => ({ q: predicateOf(source), signals: [source.signal] });

/** How a state is said. */
export const stateWords: Readonly<Record<RedactionSource['state'], string>> = { leaking: 'still leaking', clean: 'clean', ignored: 'left in clear on purpose' };

export const countOf = ({ masked, residual }: Pick<RedactionSource, 'masked' | 'residual'>): number => masked + residual;
