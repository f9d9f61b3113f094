// Redaction as people and agents speak of it: the policy document's own fields, and what an agent reports of what it hid.
// A report never holds a value: places, counts, keyed fingerprints and a masked context.
import { z } from 'zod';
import { signalSchema } from './ids.ts';

/** Where in a record a text stands. `name`: event, span or metric name and severity text. `metric`: unit, description, metadata, exemplars. */
export const redactionPlaces = ['body', 'attribute', 'resource', 'scope', 'name', 'event', 'link', 'metric', 'other'] as const;
export const redactionPlace = z.enum(redactionPlaces);
export type RedactionPlace = z.infer<typeof redactionPlace>;

/** `mask`: a public prefix and bullets. `partial`: bullets and the last characters. `hash`: a keyed hash that joins within a
 *  period. `remove`: the attribute goes (of a body, the finding). `drop`: the record goes. `ignore`: stays as it is. */
export const redactionActions = ['mask', 'partial', 'hash', 'remove', 'drop', 'ignore'] as const;
export const redactionAction = z.enum(redactionActions);
export type RedactionAction = z.infer<typeof redactionAction>;

const detectorName = z.string().regex(/^(\*|[a-z0-9][a-z0-9-]{0,62})$/, 'Use the name of a detector or of a pattern of this policy, or *.');
const glob = z.string().min(1).max(200);

/** A team's own detector: RE2 syntax, matched against text; with `near`, only within 64 bytes behind one of these words. */
export const ownPattern = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use 1 to 63 lower-case letters, digits and dashes.'), pattern: z.string().min(1).max(2000),
  near: z.array(z.string().min(2).max(64)).max(20).optional(), confidence: z.number().gt(0).lte(1).optional(), description: z.string().max(500).optional(),
});
export type OwnPattern = z.infer<typeof ownPattern>;

/** The first entry that fits decides. Without `detectors` it is about the whole value under the key; with them about what they find. */
export const policyEntry = z.strictObject({
  /** Glob over the key of the value or its dotted path (`body.user.token`, `http.request.header.*`); every key when left out. */
  key: glob.optional(),
  in: z.array(redactionPlace).min(1).optional(),
  /** Glob over service.name. */
  service: glob.optional(),
  detectors: z.array(detectorName).min(1).max(200).optional(),
  do: redactionAction,
  /** Characters that `partial` leaves at the end. */
  keep: z.number().int().min(1).max(8).optional(),
  /** Why; an `ignore` needs one, for it is a suppression. */
  reason: z.string().max(500).optional(),
});
export type PolicyEntry = z.infer<typeof policyEntry>;

/** Fail closed: what is not named goes. `keys` are globs over attribute keys (of records, resources, scopes, events and links). */
export const policyAllow = z.strictObject({
  keys: z.array(glob).min(1).max(2000), service: glob.optional(), in: z.array(redactionPlace).min(1).optional(), otherwise: z.enum(['remove', 'mask']).optional(),
});
export type PolicyAllow = z.infer<typeof policyAllow>;

export const policyFields = {
  /** What happens to a finding that no entry is about. */
  mode: z.enum(['mask', 'partial', 'hash', 'remove', 'drop']).default('mask'),
  /** Characters that mode `partial` leaves at the end. */
  keep: z.number().int().min(1).max(8).optional(),
  detectors: z.array(detectorName).min(1).max(200).default(['*']),
  except: z.array(detectorName).max(200).optional(),
  patterns: z.array(ownPattern).max(100).optional(),
  entries: z.array(policyEntry).max(500).default([]),
  allow: z.array(policyAllow).max(100).optional(),
  /** Attributes that semantic conventions know as sensitive (client.address, user.email, url.query…) are findings by their key. */
  sensitiveKeys: z.boolean().default(true),
  /** `redaction.*` attributes on the record, as the OpenTelemetry Collector's redaction processor names them. */
  annotate: z.enum(['silent', 'info', 'debug']).default('silent'),
  signals: z.array(signalSchema).min(1).optional(),
} as const;
/** What agents get of a policy document. */
export const redactionPolicy = z.strictObject(policyFields);
export type RedactionPolicy = z.infer<typeof redactionPolicy>;
export type RedactionPolicyInput = z.input<typeof redactionPolicy>;

/** What one rule hid in one place since the last report (one cell per rule, service, durable id, place, key and detector). */
export const redactionCell = z.object({
  rule: z.object({ id: z.string(), name: z.string(), version: z.number() }),
  service: z.string(), durableId: z.string(),
  /** `file:line` of the record's code attributes; empty when it names none. */
  source: z.string(),
  signal: signalSchema, place: redactionPlace, key: z.string(), detector: z.string(), action: redactionAction,
  count: z.number(), records: z.number(),
  /** First 16 hex digits of the HMAC of distinct values under the period's key; bounded, `moreDistinct` says that there were more. */
  fingerprints: z.array(z.string()), moreDistinct: z.boolean(),
  /** A few characters around the mask, everything secret in them masked too. */
  context: z.string(),
  firstUnixMs: z.number(), lastUnixMs: z.number(),
});
export type RedactionCell = z.infer<typeof redactionCell>;

/** What the independent scan found in what leaves: no rule hid it. Never a value. */
export const residualCell = redactionCell.pick({ service: true, durableId: true, source: true, signal: true, place: true, key: true, detector: true, count: true, records: true, context: true, firstUnixMs: true, lastUnixMs: true })
  .extend({ exporter: z.string(),
    /** As those of what was hidden: of the same value they are the same. Absent from agents that have no key. */
    fingerprints: z.array(z.string()).optional(), moreDistinct: z.boolean().optional() });
export type ResidualCell = z.infer<typeof residualCell>;

/** Bytes of one service that left since the last report, and of these what passed under a redact rule or policy. */
export const coverageCell = z.object({ service: z.string(), bytes: z.number(), coveredBytes: z.number(), records: z.number(), coveredRecords: z.number() });
export type CoverageCell = z.infer<typeof coverageCell>;

/** agent → server, type `redaction.report`, once a second when there is something to say. Counts are since the report before. */
export const redactionReport = z.object({
  version: z.literal(1), fromUnixMs: z.number(), toUnixMs: z.number(),
  /** Of the key that fingerprints and hashes are made with. */
  period: z.string(),
  cells: z.array(redactionCell), residual: z.array(residualCell), coverage: z.array(coverageCell),
  /** Findings and services that had no room in the agent's bounded books: counted here only. */
  overflow: z.object({ findings: z.number(), residual: z.number(), services: z.number(), fingerprints: z.number() }),
  /** What the independent scan looked at, of what left. */
  scanned: z.object({ bytes: z.number(), ofBytes: z.number(), records: z.number(), ofRecords: z.number(),
    /** A full scan was on, and all that left in this time was scanned or waits for it. */
    full: z.boolean(),
    /** Records that left, be it before this report, and wait to be scanned: they are in `ofRecords`, and come in `records` when they were. */
    waiting: z.number().optional() }),
});
export type RedactionReport = z.infer<typeof redactionReport>;

/** server → agent, type `redaction.key`: the key of the running period, base64 of 32 bytes. Never written to the agent's config or logs. */
export const redactionKeyMessage = z.object({ period: z.string().min(1).max(64), key: z.string().length(44) });
/** server → agent, type `redaction.residual-scan`: everything that leaves is scanned until then, instead of a sample. */
export const residualScanMessage = z.object({ untilUnixMs: z.number() });

/** server → agent, type `redaction.canary`: send generated secrets through every input and look for them at every output. */
export const canaryRequest = z.object({ run: z.string(), seed: z.number().int() });
/** How one generated secret went on one way from an input to an output. `stopped` says by which rule. */
export const canaryProbe = z.object({
  input: z.string(), output: z.string(), signal: signalSchema, place: redactionPlace, detector: z.string(),
  outcome: z.enum(['stopped', 'leaked', 'not-seen']), rule: z.string().nullable(),
  /** A rule that runs is meant for it (its detector, signal, service); null: none is, so that a leak is no surprise. */
  meantBy: z.string().nullable().optional(),
});
export type CanaryProbe = z.infer<typeof canaryProbe>;
/** A redacting rule that ran and was meant for no probe, so that the run says nothing of it; `why`: `it is for ServiceName cart only`. */
export const canaryNotTested = z.object({ id: z.string(), name: z.string(), why: z.string() });
export type CanaryNotTested = z.infer<typeof canaryNotTested>;
/** agent → server, type `redaction.canary-result`. */
export const canaryResult = z.object({
  run: z.string(), startedUnixMs: z.number(), finishedUnixMs: z.number(), probes: z.array(canaryProbe), problem: z.string().nullable(),
  notTested: z.array(canaryNotTested).optional(),
});
export type CanaryResult = z.infer<typeof canaryResult>;
