// The event catalogue: what agents report of every durable id that they meet, and what the server tells of them. An **event**
// here is one durable id of one service and signal: a line of code, with what was seen of it. Counts are exact; fields are
// looked at in a sample of the records (`looked`), and every figure of a field is about those.
import { z } from 'zod';
import { alias } from './alias.ts';
import { signalSchema } from './ids.ts';

/** How the durable id came about: OTLP `event_name`, code attributes, a template mined from the body, a span's or metric's name.
 *  `none`: a log record with nothing to name it by (no body). `folded`: the rest, when there were more ids than an agent keeps. */
export const eventSources = ['event-name', 'code-location', 'template', 'span-name', 'metric-name', 'none', 'folded'] as const;
export type EventSource = (typeof eventSources)[number];

export const fieldPlaces = ['attribute', 'body', 'resource', 'scope'] as const;
export type FieldPlace = (typeof fieldPlaces)[number];
/** Types as KQL names them; `null` is an empty AnyValue. */
export const fieldTypes = ['string', 'bool', 'long', 'real', 'dynamic', 'bytes', 'null'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** At most so many ids an agent and the server keep, and so many fields of each; beyond, the rarest are folded and counted. */
export const maxEvents = 100_000;
export const maxFields = 1000;

/** A sum over the life of an agent. */
const total = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER);
/** What a `Date` can hold. */
const unixMs = z.number().nonnegative().max(8.64e15);
/** Names and keys; agents cut theirs below. */
const name = z.string().max(4096);
const counts = z.object({ records: total, bytes: total });
const atMost = (most: number) => (held: object): boolean => Object.keys(held).length <= most;

/** One field of one event as it was seen, over the `looked` records of its event. */
export const fieldSeen = z.object({
  place: z.enum(fieldPlaces),
  /** Attribute key; a path with dots within a structured body; empty for a body that is text. */
  key: name,
  /** Records it was in, by type of its value. Their sum is its presence. */
  types: z.partialRecord(z.enum(fieldTypes), total),
  /** Bytes on the wire, key and framing included, over the looked-at records. Of resource and scope: this record's part of what its request says once. */
  bytes: total,
  /** HyperLogLog of the values (catalogue/sketch), base64; sketches of agents merge. In a report: empty when it tells no more than the one sent before. */
  sketch: z.string().max(65_536),
  /** Distinct values by the sketch. */
  distinct: total,
  /** At most three, masked: lengths and kinds of characters where a value is not one of few. Never a value that redaction hides. */
  examples: z.array(name).max(3),
  /** Longest value in bytes. */
  maxBytes: total,
});
export type FieldSeen = z.infer<typeof fieldSeen>;

/** What one agent saw of one event since it started. Totals; the reader takes differences. */
export const eventSeen = z.object({
  signal: signalSchema, service: name, durableId: name, source: z.enum(eventSources),
  /** Text of the template, of a mined id. */
  template: z.string().max(20_000).optional(),
  /** Ids that this template bore before it was generalised. */
  formerIds: z.array(name).max(2000).optional(),
  /** Instrumentation scope (logger) of its records; the last one seen. */
  scope: name.optional(),
  /** Unit of a metric, as it states it. */
  unit: name.optional(),
  /** `file:line` of the code attributes; null when records have none. */
  sourceLine: name.nullable(),
  firstUnixMs: unixMs, lastUnixMs: unixMs,
  /** As received, on the wire. */
  records: total, bytes: total,
  /** Of these, what rules took away before any exporter: dropped, sampled, deduped, turned into metrics, put in a recorder only. */
  removedRecords: total, removedBytes: total,
  /** Records by severity number (OpenTelemetry's 0..24); logs only. */
  severities: z.record(z.string().regex(/^-?\d{1,10}$/), counts).refine(atMost(64)),
  /** Records by `service.version`; '' where it is not set. At most 32, then the rarest go together under '*'. */
  versions: z.record(name, counts.extend({ firstUnixMs: unixMs, lastUnixMs: unixMs })).refine(atMost(64)),
  /** Records whose fields were looked at, and their bytes. */
  looked: total, lookedBytes: total,
  fields: z.array(fieldSeen).max(maxFields),
  /** Fields beyond the bound that were folded together: how many times such a field was seen, and their bytes. */
  foldedFields: z.object({ seen: total, bytes: total }),
  /** Grows when rules that were deployed hide something that was told of it: its keys, examples, scope and versions told before no longer count. */
  anew: z.number().optional(),
});
export type EventSeen = z.infer<typeof eventSeen>;

/** agent → server, type `events.report`, every two seconds: events that changed since the last report, those first that waited longest. */
export const eventReport = z.object({
  version: z.literal(1), startedUnixMs: unixMs, atUnixMs: unixMs,
  events: z.array(eventSeen),
  /** Ids beyond the bound: how many were folded into the event of source `folded`, and what the catalogue takes. */
  folded: counts.extend({ ids: total }),
  held: z.object({ events: total, fields: total, bytes: total, templates: total }),
  /** Events of earlier reports whose counts went into a folded event since: what was told of them before no longer counts. */
  left: z.array(z.object({ signal: signalSchema, service: name, durableId: name })).optional(),
  /** Events whose names rules hide since: the reader forgets them. Hashes of their keys (catalogue/merge), for nothing is named here that is hidden. */
  forget: z.array(z.string()).optional(),
  /** More events changed than this report has room for. */
  waiting: total,
});
export type EventReport = z.infer<typeof eventReport>;

/** What changed about an event. */
export const driftKinds = ['new-event', 'gone-event', 'new-field', 'missing-field', 'type-change', 'cardinality', 'rate-step', 'renamed'] as const;
export type DriftKind = (typeof driftKinds)[number];
export const drift = z.object({
  /** `at`: when it was noticed; `since`: from when it is so, where that is known. */
  id: z.string(), at: z.number(), since: z.number().optional(), kind: z.enum(driftKinds), signal: signalSchema, service: z.string(), durableId: z.string(),
  /** Of a field. */
  field: z.string().optional(),
  /** In words: what it was, and what it is now, with figures. */
  was: z.string(), now: z.string(),
  /** The version of the service that brought it, when it came with one. */
  version: z.string().optional(),
  /** It turned out to be no change of its own, or not to hold: since when, why in words, and the name it belongs with. */
  closed: z.object({ at: z.number(), why: z.string(), other: z.string().optional() }).optional(),
  /** A rename that evidence proposes and nobody accepted. */
  perhaps: z.boolean().optional(),
});
export type Drift = z.infer<typeof drift>;

/** Who relies on an event or on a field of it. */
export const userKinds = ['rule', 'net', 'view', 'metric', 'theme', 'recorder'] as const;
export const eventUser = z.object({ kind: z.enum(userKinds), id: z.string(), name: z.string(), /** How it names the event. */ by: z.string(), fields: z.array(z.string()), /** Follows renames by itself (`event("…")`). */ follows: z.boolean() });
export type EventUser = z.infer<typeof eventUser>;

export const eventRow = z.object({
  signal: signalSchema, service: z.string(), durableId: z.string(), source: z.enum(eventSources),
  /** What a person calls it: the name, the source line, or the template. */
  label: z.string(),
  sourceLine: z.string().nullable(), severity: z.number().nullable(),
  perSecond: z.number(), bytesPerSecond: z.number(), records: z.number(), bytes: z.number(), removedRecords: z.number(),
  firstSeenAt: z.string(), lastSeenAt: z.string(), versions: z.array(z.string()), fields: z.number(), drifts: z.number(), users: z.number(), lints: z.number(),
  /** Current name when this one is a former name of another. */
  renamedTo: z.string().nullable(), history: z.array(z.number().nullable()),
});
export type EventRow = z.infer<typeof eventRow>;
export const eventSorts = ['rate', 'bytes', 'label', 'first', 'last', 'fields', 'drift', 'service'] as const;
export const eventQuery = z.object({
  search: z.string().max(500).default(''), service: z.string().max(500).optional(), signal: signalSchema.optional(), source: z.enum(eventSources).optional(),
  only: z.enum(['all', 'drift', 'lint', 'unused', 'renamed']).default('all'), sort: z.enum(eventSorts).default('rate'), descending: z.union([z.boolean(), z.stringbool()]).default(true),
  offset: z.coerce.number().int().nonnegative().default(0), limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type EventQuery = z.infer<typeof eventQuery>;
export const eventList = z.object({ events: z.array(eventRow), total: z.number(), folded: z.object({ ids: z.number(), records: z.number() }), services: z.array(z.string()),
  /** What agents told that could not be read, since the server started: whole reports, single events of others, and messages with templates. */
  refused: z.object({ reports: z.number(), events: z.number(), templateMessages: z.number() }),
  /** Templates that the fleet's book is without, since the server started: for want of room, and stored ones of another version's rules. */
  leftOut: z.object({ withoutRoom: z.number(), outdated: z.number() }) });
export type EventList = z.infer<typeof eventList>;

/** A finding of the lint against OpenTelemetry's semantic conventions. */
export const lintFinding = z.object({ field: z.string().nullable(), rule: z.string(), message: z.string(), suggestion: z.string().nullable(), /** The convention's page or stability. */ reference: z.string() });
export type LintFinding = z.infer<typeof lintFinding>;

export const fieldRow = fieldSeen.omit({ sketch: true }).extend({ presence: z.number(), firstSeenAt: z.string(), lastSeenAt: z.string(), /** Share of the event's bytes, with its part of what requests say once. */ share: z.number(),
  /** Records of the event that were looked at since it was first seen: what `presence` is a share of. */ lookedSince: z.number().optional(),
  /** Gone for now, after it had been in most records; or new a short time ago. */ change: z.enum(['gone', 'new']).optional(),
  /** It has several types since a change of them was noticed: `since`, the last look without it. */ typed: z.object({ since: z.string(), at: z.string(), was: z.string(), now: z.string() }).optional() });
export type FieldRow = z.infer<typeof fieldRow>;
export const eventDetail = eventRow.extend({
  template: z.string().nullable(), scope: z.string().nullable(), formerNames: z.array(z.object({ name: z.string(), /** In force since then. */ since: z.string(), by: z.string(), reason: z.string(), aliasId: z.string(), firstSeen: alias.shape.firstSeen, decided: alias.shape.decided, missed: alias.shape.missed })),
  byVersion: z.array(z.object({ version: z.string(), records: z.number(), bytes: z.number(), firstSeenAt: z.string(), lastSeenAt: z.string() })),
  bySeverity: z.array(z.object({ severity: z.number(), records: z.number(), bytes: z.number() })),
  looked: z.number(), fieldRows: z.array(fieldRow), foldedFields: z.object({ seen: z.number(), bytes: z.number() }),
  drift: z.array(drift), usedBy: z.array(eventUser), lint: z.array(lintFinding), agents: z.array(z.string()),
});
export type EventDetail = z.infer<typeof eventDetail>;
/** server → browser, on `/api/v1/events/changes`: there is something else to read about changes. */
export const driftNotice = z.object({ type: z.literal('drift') });
export type DriftNotice = z.infer<typeof driftNotice>;
export const driftList = z.object({ drift: z.array(drift) });
export type DriftList = z.infer<typeof driftList>;
export const driftQuery = z.object({ /** Unix milliseconds; only what is newer. */ since: z.coerce.number().nonnegative().default(0), limit: z.coerce.number().int().min(1).max(1000).default(200) });

/** agent → server, type `templates.book`: templates mined from bodies that are new or changed since the agent last said; server → agent, type
 *  `templates.learn`: those of other agents, so that one line of code has one id everywhere. One message has at most 1 MB; there may be several. */
export const minedTemplate = z.object({
  template: z.string().min(1).max(20_000), scope: z.number().int().optional(), varying: z.array(z.number().int().nonnegative()).max(2000).optional(), aliases: z.array(z.string().regex(/^t-[0-9a-f]{16}$/)).max(2000).optional(),
});
/** Raised with the rules that templates are made by: books of other versions are refused, for their ids are others. */
export const templateBookVersion = 2;
export const templateBook = z.object({
  version: z.literal(templateBookVersion), templates: z.array(minedTemplate).max(100_000),
  /** Texts that are no templates any more: lines still come by them on their way to one. */
  passed: z.array(minedTemplate).max(100_000).default([]),
});
export const maxTemplateMessageBytes = 1_000_000;

/** An event by what identifies it; `?signal=&service=&id=` in addresses. */
export const eventRef = z.object({ signal: signalSchema, service: z.string(), id: z.string() });
export type EventRef = z.infer<typeof eventRef>;
/** `peek`: only its figures are wanted; it does not count as reading it. */
export const eventDetailQuery = eventRef.extend({ peek: z.stringbool().default(false) });
