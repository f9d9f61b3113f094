// What telemetry costs: the team's own price table, the report by durable id, service, version, severity and field, what could be
// saved, and what was. Money is in the table's currency; a month is 730 hours; a GB is 10^9 bytes, as vendors bill.
import { z } from 'zod';
import { signalSchema } from './ids.ts';
import { eventSources, fieldPlaces } from './event.ts';

export const hoursPerMonth = 730;
export const bytesPerGb = 1e9;

/** More would be no price, and sums of it no numbers. */
export const mostPrice = 1e9;
const price = z.number().nonnegative().max(mostPrice).nullable();

/** Prices of one signal. Null: not billed that way. */
export const signalPrices = z.strictObject({
  /** Per GB taken in, uncompressed OTLP as it left the agent. */
  perGb: price,
  /** Per million records (log records, spans, data points) taken in and indexed. */
  perMillionRecords: price,
  /** Per GB and month kept, for the days of retention beyond those included. */
  perGbMonthKept: price, retentionDays: z.number().int().min(0).max(3650), includedDays: z.number().int().min(0).max(3650),
});
export type SignalPrices = z.infer<typeof signalPrices>;
export const priceTable = z.strictObject({
  currency: z.string().min(1).max(8).regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'A currency has no control characters'), logs: signalPrices, spans: signalPrices, metrics: signalPrices,
  /** Per active series and month (metrics only). */
  perSeriesMonth: price,
  /** Where the figures come from; the starting values say so of themselves. */
  note: z.string().max(1000),
});
export type PriceTable = z.infer<typeof priceTable>;
/** PUT /cost/prices. `base`: what was edited; when it is another by now nothing is saved (409 prices.changed-meanwhile). Left out, the last word counts. */
export const priceChange = priceTable.extend({ base: priceTable.optional() });

export const costBys = ['event', 'service', 'version', 'severity', 'field', 'signal'] as const;
export type CostBy = (typeof costBys)[number];

export const costQuery = z.object({ by: z.enum(costBys).default('event'), service: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(1000).default(100) });
export type CostQuery = z.infer<typeof costQuery>;

/** One line of the report. Rates are of what leaves the agents (what a backend bills), measured over `overSeconds`. */
export const costRow = z.object({
  key: z.string(), label: z.string(), signal: signalSchema.nullable(), service: z.string().nullable(), durableId: z.string().nullable(), source: z.enum(eventSources).nullable(),
  field: z.object({ place: z.enum(fieldPlaces), key: z.string() }).nullable(),
  recordsPerSecond: z.number(), bytesPerSecond: z.number(),
  /** Of these bytes, about so many are what each request says once around its records (resource, scope), by what was looked at. */
  aroundBytesPerSecond: z.number(),
  /** Money a month at these rates. */
  perMonth: z.number(), share: z.number(),
  /** Of an event that costs something: its fields by money, and what no field is to blame for; together they are all of it. Of the first rows only; else empty. */
  parts: z.array(z.object({ label: z.string(), perMonth: z.number() })),
  /** Of a field: from a sample of so many records; null for exact figures. */
  sampledFrom: z.number().nullable(),
  /** What rules already take away, money a month. */
  savedPerMonth: z.number(),
  /** Nobody uses it: no rule, net, view, metric, theme or recorder names it, and nobody opened it; since when that is known. */
  unreadSince: z.string().nullable(),
});
export type CostRow = z.infer<typeof costRow>;
export const costReport = z.object({
  at: z.string(), by: z.enum(costBys), currency: z.string(), overSeconds: z.number(),
  totalPerMonth: z.number(),
  /** This calendar month: what was measured so far, and with the rest at today's rate. */
  month: z.object({ soFar: z.number(), projected: z.number(), measuredSeconds: z.number() }),
  rows: z.array(costRow), /** Rows beyond the limit, together. */ rest: z.object({ rows: z.number(), perMonth: z.number() }),
  /** Metric series seen, by the agents' sketches. */
  series: z.number().nullable(),
  history: z.array(z.object({ t: z.number(), perMonth: z.number().nullable(), savedPerMonth: z.number().nullable() })),
});
export type CostReport = z.infer<typeof costReport>;

export const suggestionKinds = ['drop-debug', 'drop-unread', 'sample', 'dedup', 'to-metric', 'remove-field', 'truncate-field', 'divert-to-recorder'] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];
export const suggestion = z.object({
  /** Stable for the same event, kind and field. */
  id: z.string(), kind: z.enum(suggestionKinds), title: z.string(), signal: signalSchema, service: z.string(), durableId: z.string(), label: z.string(), field: z.string().nullable(),
  /** Money a month, with what it is computed from. */
  savingPerMonth: z.number(), savingBytesPerSecond: z.number(), savingRecordsPerSecond: z.number(), because: z.array(z.string()),
  /** What would be lost, and who uses it. */
  lost: z.array(z.string()), risk: z.number().min(0).max(10),
  /** The rule's text (YAML), ready for a dry run. */
  rule: z.string(),
});
export type Suggestion = z.infer<typeof suggestion>;
export const suggestionList = z.object({ suggestions: z.array(suggestion), currency: z.string(), totalPerMonth: z.number() });
export type SuggestionList = z.infer<typeof suggestionList>;

/** A rule that came of a suggestion: what was predicted, and what is measured since. */
export const saving = z.object({
  ruleId: z.string(), ruleName: z.string(), suggestionId: z.string().nullable(), kind: z.enum(suggestionKinds).nullable(), deployedAt: z.string().nullable(), state: z.enum(['draft', 'deployed', 'disabled']),
  /** As it was suggested: at the traffic and the prices of then. */
  predictedPerMonth: z.number().nullable(), predictedBytesPerSecond: z.number().nullable(),
  /** The same prediction at the traffic of the measured seconds and the prices of now; null while that is not known. */
  atTrafficPerMonth: z.number().nullable(), atTrafficBytesPerSecond: z.number().nullable(),
  /** Null until it was measured for ten seconds. */
  measuredPerMonth: z.number().nullable(), measuredBytesPerSecond: z.number().nullable(), measuredRecordsPerSecond: z.number().nullable(), measuredSeconds: z.number(),
  /** measured / predicted at the traffic that came. */
  agreement: z.number().nullable(),
});
export type Saving = z.infer<typeof saving>;
export const savingList = z.object({ savings: z.array(saving), currency: z.string(), totalPerMonth: z.number() });
export type SavingList = z.infer<typeof savingList>;
/** POST /api/v1/cost/suggestions/:id/rule: makes the draft rule and notes the prediction; answered with the rule's id. */
export const suggestionRule = z.object({ ruleId: z.string() });
