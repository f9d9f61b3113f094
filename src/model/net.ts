// Nets at work: what an agent says of the state machines and language rules it has armed. Counts and states, and of records only what
// redaction has passed.
import { z } from 'zod';

export const netEvent = z.object({
  event: z.enum(['transition', 'action', 'action-not-run', 'key-evicted']), atUnixMs: z.number(), key: z.string(),
  from: z.string().optional(), to: z.string().optional(), state: z.string().optional(),
  action: z.string().optional(), /** The action's id, when it was started. */ actionId: z.string().optional(), because: z.string().optional(),
});
export type NetEvent = z.infer<typeof netEvent>;

export const netKey = z.object({
  key: z.string(), state: z.string(), sinceUnixMs: z.number(), lastRecordUnixMs: z.number(),
  /** What its next step waits for, in words: "3 of 5 matches within 30 s → stuck", "60 s → idle". */
  waits: z.array(z.object({ to: z.string(), text: z.string(), have: z.number().optional(), need: z.number().optional(), dueUnixMs: z.number().optional() })),
});
export type NetKey = z.infer<typeof netKey>;

/** Of a bound named in `train`: measured values by key, beside what the document says. */
export const netTraining = z.object({
  name: z.string(), text: z.string(), percentile: z.number(), overMs: z.number(), by: z.array(z.string()),
  values: z.array(z.object({ key: z.string(), value: z.number(), samples: z.number(), sinceUnixMs: z.number() })), moreKeys: z.number(),
  /** Whether guards use it already; until then they use the number written in them. */
  adopted: z.boolean(),
});
export type NetTraining = z.infer<typeof netTraining>;

export const armedNet = z.object({
  rule: z.object({ id: z.string(), name: z.string(), version: z.number(), deployment: z.number() }), kind: z.enum(['state-machine', 'language']), mode: z.enum(['live', 'shadow']),
  instances: z.number(), maxKeys: z.number(), evicted: z.number(), states: z.record(z.string(), z.number()),
  /** Records that it looked at, and of these how many moved it. */
  looked: z.number(), moved: z.number(), errors: z.number(), lastError: z.string().nullable(),
  /** Most recent first, bounded. */
  events: z.array(netEvent), keys: z.array(netKey), moreKeys: z.number(),
  /** How often each guard was asked and what it gave: why a transition did not happen. */
  guards: z.array(z.object({ state: z.string(), to: z.string(), text: z.string(), isTrue: z.number(), isFalse: z.number(), isNull: z.number(), /** It held, but for a record too old for the time in which matches are counted. */ late: z.number().optional() })),
  /** The last records it looked at, as one line each. */
  lastRecords: z.array(z.object({ atUnixMs: z.number(), key: z.string(), text: z.string() })),
  limits: z.object({ usedInWindow: z.number(), ofWindow: z.number(), windowMs: z.number(), cooldownMs: z.number(), /** Action to when it may start again. */ readyUnixMs: z.record(z.string(), z.number()) }),
  training: z.array(netTraining),
  /** Lines (events, guards, records, measured bounds) for which this report had no room. */
  cut: z.number().optional(),
});
export type ArmedNet = z.infer<typeof armedNet>;
/** agent → server, type `net.report`: once a second while there is anything armed; always the whole, as far as there is room. */
export const netReport = z.object({ version: z.literal(1), atUnixMs: z.number(), nets: z.array(armedNet), /** Nets for which it had no room. */ leftOut: z.number().optional() });
export type NetReport = z.infer<typeof netReport>;

/** agent → server, type `net.fired`: a net went into a state that starts actions. Kept until the server has said `net.fired-seen` with its id. */
export const netFired = z.object({
  id: z.string(), rule: z.object({ id: z.string(), name: z.string(), version: z.number() }), key: z.string(), from: z.string(), to: z.string(), atUnixMs: z.number(), because: z.string(),
  service: z.string().nullable(), /** Ids of the actions it started, and why others did not. `parameters`: of an action that is the server's (`serverActions`). */ actions: z.array(z.object({ id: z.string(), action: z.string(), as: z.string().nullable(), parameters: z.record(z.string(), z.unknown()).optional() })), notRun: z.array(z.object({ action: z.string(), because: z.string() })),
});
export type NetFired = z.infer<typeof netFired>;
export const netFiredSeen = z.object({ id: z.string() });

// REST: GET /nets · GET /nets/{rule}
export const fleetNet = z.object({
  rule: z.object({ id: z.string(), name: z.string() }),
  agents: z.array(z.object({ agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean() }), atUnixMs: z.number(), net: armedNet })),
});
export type FleetNet = z.infer<typeof fleetNet>;
export const fleetNets = z.object({ nets: z.array(fleetNet) });
export type FleetNets = z.infer<typeof fleetNets>;
