// The redaction audit over REST, under /api/v1/redaction. Everything is an aggregate; no value is stored or answered.
//   GET /redaction/overview?seconds · GET /redaction/sources?seconds&from&to&q&state&service&detector&limit · GET /redaction/sources/{id}?seconds · GET /redaction/series?seconds&from&to&source&by
// `from` and `to` (Unix milliseconds, whole ten seconds) narrow to a part of the range: where only longer buckets are kept, those that begin in it.
//   GET /redaction/export?format=jsonl|csv|otlp&seconds · POST /redaction/residual-scan · POST /redaction/canary · GET /redaction/canary
import { z } from 'zod';
import { signalSchema } from './ids.ts';
import { canaryNotTested, canaryProbe, redactionAction, redactionPlace } from './redaction.ts';

/** `leaking`: the independent scan saw it leave lately. `clean`: nothing was seen leaving since `cleanSince`, and a rule that runs
 *  hides it, or the independent scan knows it and has looked at enough since to have seen it.
 *  `unproved`: no rule that runs is known to hide it, and the independent scan cannot tell (hidden by key, allow-list or a pattern of its
 *  own before) or has looked at too little since: nobody knows whether it leaves.
 *  `ignored`: it leaves in clear on purpose, by an `ignore` entry of a policy that runs. */
export const sourceState = z.enum(['leaking', 'unproved', 'clean', 'ignored']);

/** What a source is about: `secret` what a detector or a pattern of a policy finds, `key` what is hidden for its key alone,
 *  `allow-list` what an allow-list took away because it names it not: no secret is known to be in it, and it is counted in no total of sources. */
export const sourceKind = z.enum(['secret', 'key', 'allow-list']);
export type SourceKind = z.infer<typeof sourceKind>;

/** Records of one agent or of several: scanned by the independent scan, of those that left. Never more scanned than left. */
export const scannedShare = z.object({ records: z.number(), ofRecords: z.number() });

/** All that left was scanned for a while, on request or after a deployment. Over when `toUnixMs` is reached, or it was ended (then that is it). */
export const fullScan = z.object({
  fromUnixMs: z.number(), toUnixMs: z.number(),
  /** Who asked for it; Weir itself after a deployment, with the rule in `rule`. */
  by: z.string(), rule: z.string().optional(),
  /** Of what left in it, and the findings in that (of records that wait to be scanned at its end, later). */
  records: z.number(), ofRecords: z.number(), found: z.number(),
  /** Names of the agents that scanned everything they sent in it; and those that left part unscanned, or said nothing. */
  agents: z.array(z.string()), missing: z.array(z.string()).optional(),
});
export type FullScan = z.infer<typeof fullScan>;

/** One line of code, key and detector. `id` is stable: a hash of service, durable id, place, key and detector. */
export const redactionSource = z.object({
  id: z.string(), service: z.string(), durableId: z.string(), source: z.string(), signal: signalSchema, place: redactionPlace, key: z.string(), detector: z.string(), kind: sourceKind.optional(),
  /** Rules that hid it in the range, newest version last. */
  rules: z.array(z.object({ id: z.string(), name: z.string(), version: z.number(), action: redactionAction })),
  context: z.string(),
  /** In the range: hidden, seen leaving by the independent scan (a floor where it looked at a sample: `residualIsFloor`), distinct values
   *  hidden or seen leaving (of fingerprints; `distinctIsFloor` when there were more). */
  masked: z.number(), residual: z.number(), residualIsFloor: z.boolean().optional(), distinct: z.number(), distinctIsFloor: z.boolean(),
  /** In the range: found, and let pass by an `ignore` entry of a policy; and the policies that did. */
  ignored: z.number().optional(), ignoredBy: z.array(z.object({ id: z.string(), name: z.string(), version: z.number() })).optional(),
  /** Hidden and leaked per bucket of the range, oldest first. */
  spark: z.array(z.object({ masked: z.number(), residual: z.number() })),
  firstSeenAt: z.string(), lastSeenAt: z.string(), lastLeakAt: z.string().nullable(),
  state: sourceState, /** Of a clean one always a time; null of the others. */ cleanSince: z.string().nullable(),
  /** All that left every agent was scanned since it was first seen there, and it was not among it: only then may it be said that it
   *  never left. False of one that was hidden while a sample was scanned, or that the scan does not know. */
  neverLeft: z.boolean().optional(),
  /** It was hidden before and leaves again: since when, and what ended the hiding (rule taken off, by whom), as far as known. */
  againSince: z.string().optional(), endedBy: z.object({ rule: z.string(), by: z.string(), at: z.string() }).optional(),
  /** Records with a finding that left, in the range, of which `residual` are the findings. */
  residualRecords: z.number().optional(),
  /** The rule that runs and hid it last: the one that its stop is owed to. Absent when no rule that runs is known to hide it. */
  hiddenBy: z.object({ id: z.string(), name: z.string(), version: z.number() }).optional(),
  /** Of a clean source that leaked: of all records that left since its last leak, on the agents where it leaked, those that were scanned. */
  scannedSince: scannedShare.optional(),
  /** Agents that saw it in the range. */
  agents: z.number(),
  /** What the state rests on, or what is missing to say more, as a sentence: shares scanned since, agents that are away. */
  note: z.string().optional(),
});
export type RedactionSource = z.infer<typeof redactionSource>;
export const redactionSources = z.object({ sources: z.array(redactionSource), more: z.number(), fromUnixMs: z.number(), toUnixMs: z.number(), bucketMs: z.number() });
export type RedactionSources = z.infer<typeof redactionSources>;

/** One agent's part in a source: what it hid by which rule, what left by which exporter, and the moment it stopped. */
export const sourceAgent = z.object({
  agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean(), lastSeenAt: z.string() }),
  masked: z.number(), rules: z.array(z.object({ id: z.string(), name: z.string(), version: z.number() })),
  exporters: z.array(z.object({ name: z.string(), residual: z.number() })),
  /** When the rule was applied there, and the first finding it hid (both of `appliedRule`: once it has stopped the version that stopped it,
   *  else the one that runs now); the last one that left. */
  appliedAt: z.string().nullable(), firstMaskedAt: z.string().nullable(), lastLeakAt: z.string().nullable(),
  appliedRule: z.object({ id: z.string(), name: z.string(), version: z.number() }).optional(),
  /** The rule that runs there hid it, and it left more than ten seconds after that: it misses some. Absent: not known to. */
  misses: z.boolean().optional(),
  /** The moment from which nothing left: null while it leaks. */
  stoppedAt: z.string().nullable(),
  /** How it stands there; absent of agents that are no longer told apart. */
  state: sourceState.optional(), neverLeft: z.boolean().optional(),
  /** Redacting rules that run there, whether or not they hid it: a rule that is not named here has not been applied, or is off there. */
  applied: z.array(z.object({ id: z.string(), version: z.number(), at: z.string() })).optional(),
  /** The policy that lets it pass there on purpose. */
  ignoredBy: z.object({ id: z.string(), name: z.string(), version: z.number() }).optional(),
  /** Seen leaving since the deployment of the rule that hides it, to the second's report: a floor where the source's `residualIsFloor` says so.
   *  Absent when that was too long ago to be counted apart. */
  leakedSinceDeploy: z.number().optional(),
  note: z.string().optional(),
});
export type SourceAgent = z.infer<typeof sourceAgent>;
export const redactionSourceDetail = z.object({ source: redactionSource, agents: z.array(sourceAgent),
  /** Of the rule that hides it; null when none does, or it runs no more. */
  deployedAt: z.string().nullable(),
  /** Of all agents; as theirs. */
  leakedSinceDeploy: z.number().optional() });
export type RedactionSourceDetail = z.infer<typeof redactionSourceDetail>;

export const redactionOverview = z.object({
  now: z.number(), seconds: z.number(),
  leaking: z.number(), unproved: z.number().optional(), clean: z.number(), /** Sources that leave in clear on purpose. */ ignored: z.number(), lastStopped: z.object({ detector: z.string(), at: z.string() }).nullable(),
  worstLeak: z.object({ detector: z.string(), service: z.string(), residual: z.number() }).nullable(),
  masked: z.number(), maskedPerSecond: z.number(), /** Hidden, or seen leaving: `distinct` values among these. */ findings: z.number().optional(), distinct: z.number(), distinctIsFloor: z.boolean(), dropped: z.number(),
  scanned: z.object({ records: z.number(), ofRecords: z.number(), bytes: z.number(), ofBytes: z.number(), found: z.number(),
    /** Until when everything is scanned on request; null when a sample is, or all is after a deployment (`fullScans`). */
    fullUntil: z.string().nullable(),
    /** Records with a finding; `found` are the findings in them. */
    foundRecords: z.number().optional() }),
  /** Times in which all that left was scanned, newest first; those of the range, and the one that goes on. */
  fullScans: z.array(fullScan).optional(),
  /** Whether an agent that is there has an exporter with a destination. False: what leaves the rules goes nowhere. */
  downstream: z.boolean().optional(),
  /** Allow-list removals: places, apart from every count of sources here, and values taken away in the range. */
  allowList: z.object({ sources: z.number(), removed: z.number() }).optional(),
  /** Of the last `coverageSeconds`, whatever the range: what is covered now. */
  coverageSeconds: z.number().optional(),
  coverage: z.array(z.object({ service: z.string(), bytes: z.number(), coveredBytes: z.number(), records: z.number(), coveredRecords: z.number() })),
  overflow: z.object({ findings: z.number(), residual: z.number(), services: z.number(), fingerprints: z.number() }),
  period: z.object({ name: z.string(), endsAt: z.string() }),
  /** The server's own book, in the range: what it refused of agents' reports, what it counted under `other` for want of room; and
   *  since its start: writings that failed (the book goes on in memory and is written once it can be). */
  book: z.object({ refused: z.number(), folded: z.number(), failedWrites: z.number(), lastWriteError: z.string().nullable(), lastWrittenAt: z.string().nullable() }).optional(),
});
export type RedactionOverview = z.infer<typeof redactionOverview>;

/** Counts over time, by one of these; the largest twelve and the rest as `other`. */
export const seriesBy = z.enum(['detector', 'service', 'rule', 'key', 'state']);
export const redactionSeries = z.object({ bucketMs: z.number(), times: z.array(z.number()), series: z.array(z.object({ name: z.string(), counts: z.array(z.number()) })) });
export type RedactionSeries = z.infer<typeof redactionSeries>;

/** `seconds` 0 ends a full scan early. */
export const startResidualScan = z.object({ seconds: z.number().int().min(0).max(3600) });
export const residualScanStarted = z.object({ until: z.string().nullable(), agents: z.number() });

export const canaryRun = z.object({
  id: z.string(), startedAt: z.string(), finishedAt: z.string().nullable(), by: z.string(),
  /** Rules that were deployed, changed or taken off since it ran: the result is of the rules before. */
  rulesChangedSince: z.number().optional(),
  agents: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['running', 'done', 'failed', 'away']), problem: z.string().nullable(), probes: z.array(canaryProbe),
    /** Redacting rules that ran there and were meant for none of its probes: the run says nothing of them. Absent of earlier versions. */
    notTested: z.array(canaryNotTested).optional() })),
});
export type CanaryRun = z.infer<typeof canaryRun>;
export const canaryStatus = z.object({ last: canaryRun.nullable(), running: z.boolean() });
