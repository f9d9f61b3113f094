// Rows by event, service, version, severity and signal. Each event's cost is parted among its rows and none of it is lost.
import type { CostBy, Signal } from '../../model/index.ts';
import { eventKey, type MeasuredEvent, type Rate } from '../measured-event.ts';
import { eachOf, type Steps } from '../steps.ts';
import { emptyPart, type EventCost, type Part } from './row.ts';

/** A part of one event's cost: `records` and `bytes` are shares of it, 0 to 1. */
interface Slice { readonly part: Part; readonly records: number; readonly bytes: number }

type Slicer = (event: MeasuredEvent) => readonly Slice[];

const whole = (part: Part): readonly Slice[] => [{ part, records: 1, bytes: 1 }];

const slicers: Readonly<Record<Exclude<CostBy, 'field'>, Slicer>> = {
  event: (event) => whole({ ...emptyPart(eventKey(event), event.label), signal: event.signal, service: event.service, durableId: event.id, source: event.source }),
  service: ({ service }) => whole({ ...emptyPart(service, service === '' ? '(no service.name)' : service), service }),
  signal: ({ signal }) => whole({ ...emptyPart(signal, signal), signal }),
  version: (event) => slices(event.versions.map(({ version, rate }) => ({ part: versionPart(event.service, version), rate })), event, versionPart(event.service, '')),
  severity: (event) => slices(event.severities.map(({ severity, rate }) => ({ part: severityPart(event.signal, severity), rate })), event, severityPart(event.signal, 0)),
};

const versionLabels: Readonly<Record<string, string>> = { '': '(no version)', '*': '(other versions)' };

function versionPart(service: string, version: string): Part {
  return { ...emptyPart(JSON.stringify([service, version]), `${service === '' ? '(no service.name)' : service} ${versionLabels[version] ?? version}`), service };
}

const severityNames = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Names of OpenTelemetry's ranges: 1-4 TRACE, … 21-24 FATAL. */
export const severityName = (severity: number): string => (severity < 1 || severity > 24 ? '(no severity)' : severityNames[Math.floor((severity - 1) / 4)]!);

/** By range, not by number: TRACE2 is TRACE. What is no log has no severity. */
function severityPart(signal: Signal, severity: number): Part {
  if (signal !== 'logs') return { ...emptyPart(signal, `(${signal})`), signal };
  const name = severityName(severity);
  return { ...emptyPart(name, name), signal };
}

/** Shares of what came in; what the parts do not cover goes to `rest`. */
function slices(parts: readonly { readonly part: Part; readonly rate: Rate }[], { received }: MeasuredEvent, rest: Part): readonly Slice[] {
  const records = share(parts.map(({ rate }) => rate.recordsPerSecond), received.recordsPerSecond);
  const bytes = share(parts.map(({ rate }) => rate.bytesPerSecond), received.bytesPerSecond);
  return [...parts.map(({ part }, i) => ({ part, records: records.of[i]!, bytes: bytes.of[i]! })), ...(records.rest > 1e-9 || bytes.rest > 1e-9 ? [{ part: rest, records: records.rest, bytes: bytes.rest }] : [])];
}

function share(values: readonly number[], whole: number): { readonly of: readonly number[]; readonly rest: number } {
  const sum = values.reduce((all, value) => all + value, 0);
  const base = Math.max(sum, whole);
  return base > 0 ? { of: values.map((value) => value / base), rest: Math.max(0, base - sum) / base } : { of: values.map(() => 0), rest: 0 };
}

/** @param price money a month of a part of an event: shares of its records and bytes */
export function* groupParts(costs: readonly EventCost[], by: Exclude<CostBy, 'field'>, price: (cost: EventCost, records: number, bytes: number) => { readonly perMonth: number; readonly savedPerMonth: number }): Steps<readonly Part[]> {
  const groups = new Map<string, Part>();
  const unread = new Unread();
  yield* eachOf(costs, (cost) => {
    for (const { part, records, bytes } of slicers[by](cost.event)) {
      groups.set(part.key, added(groups.get(part.key) ?? part, cost, records, bytes, price(cost, records, bytes)));
      unread.note(part.key, cost);
    }
  });
  const parts: Part[] = [];
  yield* eachOf(groups.values(), (part) => { parts.push({ ...part, unreadSince: unread.since(part.key) }); });
  return parts;
}

const added = (part: Part, { own, around }: EventCost, records: number, bytes: number, money: { readonly perMonth: number; readonly savedPerMonth: number }): Part => ({
  ...part, recordsPerSecond: part.recordsPerSecond + own.recordsPerSecond * records, bytesPerSecond: part.bytesPerSecond + own.bytesPerSecond * bytes + around * own.recordsPerSecond * records,
  aroundBytesPerSecond: part.aroundBytesPerSecond + around * own.recordsPerSecond * records,
  perMonth: part.perMonth + money.perMonth, savedPerMonth: part.savedPerMonth + money.savedPerMonth,
});

/** Of a row of several events: nobody used any of them; since the last one of them became so. */
export class Unread {
  readonly #since = new Map<string, string | null>();

  note(key: string, { event: { unreadSince } }: EventCost): void {
    const before = this.#since.get(key);
    this.#since.set(key, before === null || unreadSince === null ? null : before === undefined || before < unreadSince ? unreadSince : before);
  }

  since(key: string): string | null { return this.#since.get(key) ?? null; }
}
