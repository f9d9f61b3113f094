// When a record happened, as it says itself.
import { columnId, type RecordCursor } from '../../otlp/index.ts';

/** Timestamp of the record under the cursor, else when it was observed, else null. */
export function recordTime(cursor: RecordCursor): bigint | null {
  const { signal } = cursor.view;
  const time = cursor.column(columnId(signal, 'Timestamp'));
  if (typeof time === 'bigint' && time > 0n) return time;
  const observed = signal === 'logs' ? cursor.column(columnId(signal, 'ObservedTimestamp')) : null;
  return typeof observed === 'bigint' && observed > 0n ? observed : null;
}
