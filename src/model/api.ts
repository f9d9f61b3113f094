// REST under /api/v1: zod schemas that the BFF validates with and the console parses with. The routes:
//   GET /session · GET /overview?seconds · GET /agents · GET /agents/{id} · GET /audit?limit&before · GET /openapi.json
//   GET, POST /rules · GET /rules/texts · GET, DELETE /rules/{id}?force=true (a deployed rule needs force) · POST /rules/{id}/versions · POST /rules/{id}/deploy
//   POST /rules/{id}/disable · GET /rules/{id}/history?seconds · POST /rules/order · POST /rules/bulk · GET, PUT /cost/prices · GET /cost · GET /cost/suggestions · POST /cost/suggestions/{id}/rule
//   GET /cost/savings · GET /events · GET /events/detail · GET /events/drift · GET /templates · POST /kql/compile · GET /demo/faults · PUT /demo/faults/{name} · WebSocket /tail
import { z } from 'zod';
import { agentStatus } from './control.ts';
import { signalSchema } from './ids.ts';
import { maxKqlText, maxRuleText, ruleDocument, ruleKinds, ruleLocations } from './rule-document.ts';
import { breachKinds, ruleModes, ruleStates } from './rule.ts';

/** A KQL diagnostic; offsets are UTF-16 into the text, `end` exclusive. */
export const textEdit = z.object({ start: z.number(), end: z.number(), text: z.string() });
/** A quick fix: what the menu says, and the edits that do it, in order of place and without overlap. */
export const quickFix = z.object({ title: z.string(), edits: z.array(textEdit) });
export const kqlDiagnostic = z.object({ severity: z.enum(['error', 'warning', 'hint']), code: z.string(), message: z.string(), start: z.number(), end: z.number(), help: z.string().optional(), fixes: z.array(quickFix).optional() });
export type TextEdit = z.infer<typeof textEdit>;
export type QuickFix = z.infer<typeof quickFix>;
export type KqlDiagnostic = z.infer<typeof kqlDiagnostic>;
/** A diagnostic of a rule document: offsets into its text, `path` the field that it is about. */
export const ruleDiagnostic = kqlDiagnostic.extend({ path: z.array(z.union([z.string(), z.number()])).optional() });
export type RuleDiagnostic = z.infer<typeof ruleDiagnostic>;

/** Every refusal. `issues` name fields of the request; `diagnostics` positions in a rule's text. */
export const apiError = z.object({ error: z.object({
  code: z.string(), message: z.string(), help: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(), diagnostics: z.array(ruleDiagnostic).optional(),
}) });
export type ApiError = z.infer<typeof apiError>;

export const ruleEffect = z.object({
  /** What the rule does now, per second over the last measured seconds; null while not measured. */
  matchedPerSecond: z.number().nullable(), removedPerSecond: z.number().nullable(), emittedPerSecond: z.number().nullable(), cpuShare: z.number().nullable(),
  /** Records a second that come into the rules of the whole fleet now, and that leave them: all rules together, never this one alone. */
  fleetInPerSecond: z.number().nullable(), fleetOutPerSecond: z.number().nullable(),
  /** Totals of the last deployment; they stay when the rule is disabled. */
  matched: z.number(), removed: z.number(), changed: z.number(), emitted: z.number(), errors: z.number(), lastError: z.string().nullable(),
  /** Bytes of removed records: totals, and a rate over the last measured seconds. */
  bytesRemoved: z.number().optional(), bytesRemovedPerSecond: z.number().nullable().optional(),
  /** Held now, over all agents: groups and bytes of open windows; records that went to an overflow group. */
  groups: z.number().optional(), stateBytes: z.number().optional(), overflowed: z.number().optional(),
  /** Records that a redact rule took because their id, or one that it names, was not known yet; absent while there are none. */
  noIdYet: z.number().optional(),
  /** A redact rule that costs more than its budget now: it goes on, for turning it off would leak. */
  overBudget: z.string().nullable().optional(),
  /** In shadow: what the rule would have done, in all and per second; absent when it runs live. */
  would: z.object({
    removed: z.number(), changed: z.number(), emitted: z.number(), bytesRemoved: z.number(),
    removedPerSecond: z.number().nullable(), changedPerSecond: z.number().nullable(), emittedPerSecond: z.number().nullable(), bytesRemovedPerSecond: z.number().nullable(),
  }).optional(),
});
export type RuleEffect = z.infer<typeof ruleEffect>;

export const ruleSummary = z.object({
  id: z.string(), name: z.string(), description: z.string(), state: z.enum(ruleStates),
  /** Place, table, sink, kind, location and targets are those of the deployed version, else of the latest. Agents settle equal places by id. */
  order: z.number(),
  latestVersion: z.number(), deployedVersion: z.number().nullable(), sink: z.string(), table: z.string(),
  createdAt: z.string(), updatedAt: z.string(), deployedAt: z.string().nullable(),
  /** Agents that report this version applied, of those that should. */
  appliedAgents: z.number(), targetAgents: z.number(), effect: ruleEffect,
  kind: z.enum(ruleKinds), location: z.enum(ruleLocations), targets: z.string(),
  /** How the deployed version runs; null when none is. Shadow counts what the rule would do and changes nothing. */
  mode: z.enum(ruleModes).nullable(),
  /** When the deployed version ends by itself. */
  expiresAt: z.string().nullable(),
  /** Agents that turned the rule off because it passed a bound: the newest 50, newest first. Deploying it again arms it again. */
  breaches: z.array(z.object({ agent: z.string(), kind: z.enum(breachKinds), reason: z.string(), at: z.string() })),
  /** How many agents did, when that is more than are listed. */
  breachedAgents: z.number().optional(),
  /** How a disabled rule came to its end; null for one that is not disabled. */
  ended: z.object({ at: z.string(), by: z.string(), reason: z.enum(['disabled', 'expired']),
    /** What ran until then. */
    version: z.number(), mode: z.enum(ruleModes) }).nullable(),
  /** What other deployed rules do to this one: `never` sees no record, `some` loses part of them. */
  conflicts: z.array(z.object({ withId: z.string(), withName: z.string(), level: z.enum(['never', 'some']), message: z.string() })),
  /** False when they could not be worked out: `conflicts` are then those known before. */
  conflictsKnown: z.boolean().optional(),
});
export type RuleSummary = z.infer<typeof ruleSummary>;
export const ruleVersion = z.object({ version: z.number(), document: ruleDocument,
  /** The document as it was written: YAML, comments and layout included. */
  text: z.string(), createdAt: z.string(), author: z.string(), contentHash: z.string(), note: z.string(),
  /** What the BFF's compiler said when the version was saved; an error among them means that it cannot be deployed. */
  diagnostics: z.array(ruleDiagnostic).optional() });
export type RuleVersion = z.infer<typeof ruleVersion>;
export const ruleDetail = ruleSummary.extend({ document: ruleDocument, versions: z.array(ruleVersion) });
export type RuleDetail = z.infer<typeof ruleDetail>;
export const ruleList = z.object({ rules: z.array(ruleSummary) });
/** The latest text of each rule, to search in. */
export const ruleTexts = z.object({ texts: z.array(z.object({ id: z.string(), version: z.number(), text: z.string() })) });

/** A rule as text (YAML, what the console and `weir rules apply` send) or as fields, of which the BFF makes the text. */
export const saveRule = z.object({ text: z.string().max(maxRuleText, `A rule of more than ${maxRuleText.toLocaleString('en')} characters is refused: split it, or move long lists to where they come from.`).optional(), document: ruleDocument.optional(), note: z.string().max(500).default(''),
  /** The version that was edited. When somebody has saved another one since, the save is refused (409 rule.changed-meanwhile); left out, the last word counts. */
  base: z.number().int().positive().optional() })
  .refine(({ text, document }) => (text === undefined) !== (document === undefined), 'Send either text or document.');
export const deployRule = z.object({ version: z.number().int().positive(), mode: z.enum(ruleModes).default('live'),
  /** When it ends by itself, as for a deployment that is taken up again; never later than its text says. Left out: as its text says. */
  expiresAt: z.iso.datetime().optional() });
/** New places for rules. Each rule whose order changes gets a new version; a deployed one is deployed with it, all at once. */
export const reorderRules = z.object({ rules: z.array(z.object({ id: z.string(), order: z.number().int().min(0).max(10_000) })).min(1).max(1000) });
export const bulkRules = z.object({ action: z.enum(['deploy', 'disable', 'delete']), mode: z.enum(ruleModes).default('live'), ids: z.array(z.string()).min(1).max(1000) });
/** One result per id, in the order asked for; what failed says why and the others are done. */
export const bulkResult = z.object({ results: z.array(z.object({ id: z.string(), ok: z.boolean(), error: apiError.shape.error.optional() })) });
/** One point per second, rates over the whole fleet; null where not measured. Marks are deployments, breaches and ends. */
export const ruleHistory = z.object({
  points: z.array(z.object({ t: z.number(), matched: z.number().nullable(), removed: z.number().nullable(), emitted: z.number().nullable(), cpuShare: z.number().nullable() })),
  marks: z.array(z.object({ t: z.number(), label: z.string(), kind: z.enum(['deploy', 'shadow', 'disable', 'breach', 'expire']) })),
});
export type RuleHistory = z.infer<typeof ruleHistory>;
/** `mode`: a rule with its sink, or a filter of the tail. */
export const compileRequest = z.object({ kql: z.string().max(maxKqlText), mode: z.enum(['rule', 'filter']).default('rule') });
export const compileResponse = z.object({ ok: z.boolean(), diagnostics: z.array(kqlDiagnostic), plan: z.unknown().nullable() });

export const agentSummary = z.object({
  id: z.string(), ordinal: z.number(), name: z.string(), host: z.string(), version: z.string(), kind: z.enum(['weir', 'opamp']),
  connected: z.boolean(), firstSeenAt: z.string(), lastSeenAt: z.string(), healthy: z.boolean().nullable(), healthMessage: z.string(),
  effectiveConfigHash: z.string(), intendedConfigHash: z.string(),
  configStatus: z.enum(['unset', 'applying', 'applied', 'failed']), configError: z.string(), configAppliedAt: z.string().nullable(),
  attributes: z.record(z.string(), z.string()), effectiveConfig: z.string(), status: agentStatus.nullable(),
});
export type AgentSummary = z.infer<typeof agentSummary>;
export const agentList = z.object({ agents: z.array(agentSummary) });

/** One point per second; rates are per second, measured from the agents' totals. A gap in `t` is a gap in knowledge. */
export const fleetPoint = z.object({
  t: z.number(), in: z.number(), out: z.number(), dropped: z.number(), sampled: z.number(), toMetric: z.number(), recorded: z.number(), deduped: z.number().optional(),
  emitted: z.number(), lost: z.number(), noDownstream: z.number(), cpuShare: z.number(), rssBytes: z.number(), tailShed: z.number(),
});
export type FleetPoint = z.infer<typeof fleetPoint>;
export const talkerRow = z.object({
  durableId: z.string(), /** The template of a mined id; else left out. */ label: z.string().optional(), service: z.string(), signal: signalSchema, perSecond: z.number(), bytesPerSecond: z.number(), share: z.number(),
  /** per-second rate over the last minutes, oldest first, 5 s a bucket; null where not measured. */
  history: z.array(z.number().nullable()), rules: z.array(z.object({ id: z.string(), name: z.string(), sink: z.string() })),
});
export const overview = z.object({
  now: z.number(), points: z.array(fleetPoint), talkers: z.array(talkerRow), otherPerSecond: z.number(),
  agents: z.object({ connected: z.number(), known: z.number() }), cpuBudgetShare: z.number(),
  exporters: z.array(z.object({ agent: z.string(), name: z.string(), url: z.string().nullable(), state: z.string(), message: z.string() })),
  marks: z.array(z.object({ t: z.number(), label: z.string(), kind: z.enum(['deploy', 'agent']) })),
  /** What happened to rules by itself in the last minutes, oldest first, for the console to tell once: `id` never repeats. */
  notices: z.array(z.object({
    id: z.string(), at: z.string(), kind: z.enum(['breach', 'expired']), /** Of a breach. */ breach: z.enum(breachKinds).optional(), ruleId: z.string(), ruleName: z.string(),
    /** The agent's name; null when the server did it for all. With `agents`: the first of so many. */
    agent: z.string().nullable(), agents: z.number().optional(), message: z.string(),
    /** When many rules ended in one moment: how many; the named one is the first of them. */
    rules: z.number().optional(),
  })),
});
export type RuleNotice = Overview['notices'][number];
export type Overview = z.infer<typeof overview>;

export const session = z.object({ user: z.string(), environment: z.string(), version: z.string(), demo: z.boolean(), otlp: z.object({ http: z.string(), grpc: z.string() }) });
export const auditEntry = z.object({ id: z.number(), at: z.string(), actor: z.string(), action: z.string(), subject: z.string(), detail: z.unknown() });
export const auditList = z.object({ entries: z.array(auditEntry) });

export const demoFault = z.object({ name: z.string(), label: z.string(), description: z.string(), on: z.boolean() });
export const demoFaults = z.object({ faults: z.array(demoFault) });
export const setDemoFault = z.object({ on: z.boolean() });

/** Browser → BFF on the tail WebSocket `/api/v1/tail`, JSON text frames. Frames back: binary TailFrame, or JSON `tailNotice`. */
export const tailRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), signals: z.array(signalSchema).min(1), stage: z.enum(['out', 'in']), kql: z.string().max(maxKqlText), maxRecordsPerSecond: z.number().positive().max(200_000).default(20_000) }),
  z.object({ type: z.literal('unsubscribe') }),
]);
export type TailRequest = z.infer<typeof tailRequest>;
export const tailNotice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribed'), subscription: z.number(), agents: z.number(), agentsTotal: z.number(), names: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('agents'), agents: z.number(), agentsTotal: z.number(), names: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('rejected'), diagnostics: z.array(kqlDiagnostic) }),
  z.object({ type: z.literal('shed'), records: z.number() }),
]);
export type TailNotice = z.infer<typeof tailNotice>;
