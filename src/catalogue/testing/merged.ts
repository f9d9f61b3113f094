// An event of a book, made of records as an agent would have seen them.
import type { LogInput, Value } from '../../otlp/index.ts';
import { SeenBook, type MergedEvent } from '../merge/index.ts';
import { Catalogue } from '../record/index.ts';
import { feedLogs } from './feed.ts';

/** The first event of these records. */
export function newEventForTest(records: readonly LogInput[], resource: Readonly<Record<string, Value>> = { 'service.name': 'shop' }): MergedEvent {
  const [catalogue, book] = [new Catalogue({ startedUnixMs: 0 }), new SeenBook()];
  feedLogs(catalogue, records, 1000, resource);
  book.take('a', catalogue.takeReport(2000, 10), 2000);
  return book.events().next().value!;
}
