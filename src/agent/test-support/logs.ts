import { encodeLogs } from '../../otlp/index.ts';

/** An export request of `count` log records of one event, each with a body of about `bodyBytes`. */
export function someLogs(count: number, eventName = 'Event', bodyBytes = 20): Uint8Array {
  return encodeLogs({ 'service.name': 'test' }, 'scope', Array.from({ length: count }, (_, i) => ({ eventName, body: `${i} `.padEnd(bodyBytes, 'x'), severityNumber: 9 })));
}
