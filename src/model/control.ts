// Custom messages over OpAMP (capability `io.weir.v1`), JSON in CustomMessage.data, and the agent's status report.
import { z } from 'zod';
import { signalSchema } from './ids.ts';
import { recorderState } from './recorder.ts';
import { breachKinds } from './rule.ts';

export const weirCapability = 'io.weir.v1';

/** server → agent, type `tail.subscribe`. `plan` filters on the agent (where-only Plan) or is null for everything. */
export const tailSubscribe = z.object({
  subscription: z.number().int().nonnegative(), signals: z.array(signalSchema).min(1), stage: z.enum(['out', 'in']),
  plan: z.unknown().nullable(), maxRecordsPerSecond: z.number().positive(),
});
export type TailSubscribe = z.infer<typeof tailSubscribe>;
/** server → agent, type `tail.unsubscribe`. */
export const tailUnsubscribe = z.object({ subscription: z.number().int().nonnegative() });

/** Everything a rule has done since the agent started it. Counts are totals; the reader takes differences. */
export const ruleStats = z.object({
  id: z.string(), version: z.number(),
  /** Of the AgentRule that these counts are about; agents of before do not say. */
  deployment: z.number().optional(),
  matched: z.number(), removed: z.number(), changed: z.number(), emitted: z.number(), errors: z.number(),
  /** Measured CPU time of this rule, milliseconds in all (sampled and scaled). */
  cpuMs: z.number(), bytesRemoved: z.number(), lastError: z.string().nullable(),
  /** Bytes on the wire of what it made (points with their metric, first ones of equal records), and by how much records that update() changed got
   *  shorter (below 0: longer). With bytesRemoved they are what the rule saves; agents of before do not say. */
  bytesMade: z.number().optional(), bytesShortened: z.number().optional(),
  /** Records of a to_metric rule that came after their window had closed; they count in the next one. */
  late: z.number().optional(),
  /** Records that a redact rule took because their durable id, or one that it names, was not known yet: they may be those that are meant. */
  noIdYet: z.number().optional(),
  /** In shadow: what the rule would have done. Its removed, changed, emitted and bytesRemoved stay 0. */
  would: z.object({ removed: z.number(), changed: z.number(), emitted: z.number(), bytesRemoved: z.number() }).optional(),
  /** Held by open windows and groups, and records that went to an overflow group because there were too many. */
  groups: z.number().optional(), stateBytes: z.number().optional(), overflowed: z.number().optional(),
  /** Set once the rule turned itself off; from then on its records pass. */
  disabled: z.object({ kind: z.enum(breachKinds), reason: z.string(), atUnixMs: z.number() }).nullable().optional(),
  /** Past its budget and still running, because it redacts: turning it off would show what it covers. */
  overBudget: z.object({ kind: z.enum(breachKinds), reason: z.string(), atUnixMs: z.number() }).nullable().optional(),
});
export type RuleStats = z.infer<typeof ruleStats>;

export const talker = z.object({
  durableId: z.string(), service: z.string(), signal: signalSchema, records: z.number(), bytes: z.number(),
  /** The template, of a durable id that was mined from bodies. */
  label: z.string().optional(),
});
export type Talker = z.infer<typeof talker>;

/** agent → server, type `status`, once a second. All counts are totals since `startedUnixMs`; numbers add up:
 *  received + emitted + ownPoints = removed + the exporters' sent + queued + dropped + discarded. `emitted` are records that rules made. */
export const agentStatus = z.object({
  version: z.literal(1), startedUnixMs: z.number(), atUnixMs: z.number(), pid: z.number(),
  received: z.object({ logs: z.number(), spans: z.number(), metrics: z.number(), bytes: z.number(), requests: z.number() }),
  refused: z.object({ requests: z.number(), malformed: z.number(), tooLarge: z.number() }),
  /** `deduped`: repeats that a dedup rule took away, and first ones that it holds (these count as emitted when they leave); agents of before do not say. */
  removed: z.object({ dropped: z.number(), sampled: z.number(), toMetric: z.number(), recorded: z.number(), deduped: z.number().optional() }),
  changed: z.number(), emitted: z.number(),
  /** Data points of the agent's own metrics, handed to the default exporter when there is a downstream. */
  ownPoints: z.number().optional(),
  /** Acknowledged records that a killed predecessor of this process still held, by its ledger on disk. */
  lostAtCrash: z.number(),
  exporters: z.array(z.object({
    name: z.string(), url: z.string().nullable(), state: z.enum(['none', 'ok', 'retrying', 'refused']), message: z.string(),
    sentRecords: z.number(), sentBytes: z.number(), queuedRecords: z.number(), queuedBytes: z.number(), maxQueuedBytes: z.number(),
    droppedQueueFull: z.number(), droppedRefused: z.number(), discardedNoDownstream: z.number(), retries: z.number(),
  })),
  recorders: z.array(recorderState),
  /** Of all recorders together; agents of before do not say. */
  recorderBudget: z.object({ bytes: z.number(), maxBytes: z.number() }).optional(),
  tail: z.object({ subscriptions: z.number(), sentRecords: z.number(), shedRecords: z.number() }),
  rules: z.array(ruleStats),
  /** The heaviest durable ids by records, most first; `otherRecords` is the rest, so that shares add up. */
  talkers: z.array(talker), otherRecords: z.number(),
  process: z.object({ cpuShare: z.number(), rssBytes: z.number(), heapUsedBytes: z.number(), eventLoopDelayP99Ms: z.number() }),
});
export type AgentStatus = z.infer<typeof agentStatus>;
