// For tests: measured events by a few figures. `any-event.test.ts` makes random ones.
import type { MeasuredEvent, MeasuredField } from '../measured-event.ts';

export function event(id: string, given: Partial<MeasuredEvent> = {}): MeasuredEvent {
  return {
    signal: 'logs', service: 'shop', id, source: 'event-name', label: id, sourceLine: null, overSeconds: 60, received: { recordsPerSecond: 10, bytesPerSecond: 2000 }, removed: { recordsPerSecond: 0, bytesPerSecond: 0 },
    severities: [{ severity: 9, rate: given.received ?? { recordsPerSecond: 10, bytesPerSecond: 2000 } }], versions: [], looked: 100, fields: [], series: null, users: [], unreadSince: null, ...given,
  };
}

export const field = (key: string, given: Partial<MeasuredField> = {}): MeasuredField => ({ place: 'attribute', key, share: 0.1, presence: 1, meanBytes: 20, maxBytes: 20, distinct: 5, isText: true, ...given });
