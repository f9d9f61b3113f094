// What had no room in the books of agents or server: counted, but not told apart. Silent when all had.
import type { RedactionOverview } from '../../../../model/index.ts';
import { formatCount, plural } from '../../../ui/index.ts';

export function Uncounted({ overview }: { readonly overview: RedactionOverview | undefined }) {
  const words = overview === undefined ? [] : wordsOf(overview);
  return words.length === 0 ? null : <p className="meta amb pad">{words.join(' ')}</p>;
}

export function wordsOf({ overflow, book }: Pick<RedactionOverview, 'overflow' | 'book'>): readonly string[] {
  const lost = overflow.findings + overflow.residual;
  return [
    ...(lost > 0 ? [`${plural(lost, 'finding')} had no room in an agent\u2019s book: hidden or reported as always, but in no row here.`] : []),
    ...(overflow.services > 0 ? [`${plural(overflow.services, 'service')} had no room in the coverage.`] : []),
    ...(book !== undefined && book.folded > 0 ? [`${formatCount(book.folded)} are counted as \u201cother\u201d for want of room on the server.`] : []),
    ...(book !== undefined && book.refused > 0 ? [`${plural(book.refused, 'part', 'parts')} of agents\u2019 reports were refused: too many or too long.`] : []),
    ...(book !== undefined && book.lastWriteError !== null ? [`The audit could not be written to disk ${plural(book.failedWrites, 'time')}: ${book.lastWriteError} It goes on in memory.`] : []),
  ];
}
