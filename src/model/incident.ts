// Incidents over REST: opened by a person (the big red button) or by a net that fired; they gather actions, artifacts, deployments
// and notes on one timeline, and travel as a bundle.
//   GET /incidents?state&q&limit · POST /incidents · GET /incidents/{id} · PATCH /incidents/{id} · POST /incidents/{id}/notes
//   POST /incidents/{id}/collect (collectPlan) · GET /incidents/{id}/bundle (a zip) · POST /incidents/import?copy (a zip as the body)
//   GET /incidents/{id}/rates: records a second over the incident's time, as the overview has them
// A bundle is a zip: `manifest.json` (bundleManifest) first, `incident.json` (incidentDetail), `rates.json` (incidentRates),
// `artifacts/<sha256>/<name>`.
import { z } from 'zod';
import { artifact } from './artifact.ts';
import { actionRun } from './action.ts';
import { maxPromised, promisedProcess } from './plan-processes.ts';

/** What the big red button collects. `heap` only when asked for: it stops processes. */
export const collectPlan = z.strictObject({
  agents: z.array(z.string()).max(1000), /** Empty: every service that the agents know. */ services: z.array(z.string()).max(200).default([]),
  recorders: z.boolean().default(true), /** Milliseconds; null: no CPU sample. */ cpuMs: z.number().int().min(1000).max(120_000).nullable().default(5000),
  state: z.boolean().default(true), config: z.boolean().default(true), heap: z.boolean().default(false),
  /** What the person was shown; what of it is gone by then is said. */
  promised: z.array(promisedProcess).max(maxPromised).optional(),
});
export type CollectPlan = z.infer<typeof collectPlan>;

export const openIncident = z.strictObject({ title: z.string().min(1).max(200).optional(), note: z.string().max(4000).optional(), collect: collectPlan.nullable().default(null) });
export const changeIncident = z.strictObject({ title: z.string().min(1).max(200).optional(), state: z.enum(['open', 'closed']).optional() });
export const addNote = z.strictObject({ text: z.string().min(1).max(4000) });

export const incidentEntry = z.object({
  id: z.string(), at: z.string(), kind: z.enum(['opened', 'trigger', 'action', 'artifact', 'deployment', 'note', 'closed', 'reopened', 'imported']),
  /** One line; of a note the whole of it. */
  text: z.string(), by: z.string().nullable(), agent: z.string().nullable(), action: z.string().nullable(), artifact: z.string().nullable(), rule: z.string().nullable(),
});
export type IncidentEntry = z.infer<typeof incidentEntry>;

export const incident = z.object({
  id: z.string(), /** Counts from 1, for people. */ number: z.number(), title: z.string(), state: z.enum(['open', 'closed']),
  openedAt: z.string(), closedAt: z.string().nullable(), openedBy: z.object({ kind: z.enum(['person', 'net']), name: z.string(), rule: z.string().nullable() }),
  agents: z.array(z.string()), services: z.array(z.string()), triggers: z.number(), actions: z.object({ /** What waits for its turn is counted apart; absent in bundles from before it was. */ waiting: z.number().optional(), running: z.number(), done: z.number(), failed: z.number() }), artifacts: z.number(), artifactBytes: z.number(),
  /** From another Weir: whose, and when it was brought. */
  imported: z.object({
    from: z.string(), at: z.string(), by: z.string(),
    /** What it was there: its id, and the hash of its contents in the bundle. */
    was: z.object({ id: z.string(), sha256: z.string() }).optional(),
    /** The number of an incident here that came from the same one there, or is that one. */
    copyOf: z.number().optional(),
  }).nullable(),
  /** In the answer to an import: it was here already, and nothing was written. */
  wasHere: z.boolean().optional(),
});
export type Incident = z.infer<typeof incident>;
export const incidents = z.object({ incidents: z.array(incident), more: z.number() });
export const incidentDetail = z.object({ incident, timeline: z.array(incidentEntry), actions: z.array(actionRun), artifacts: z.array(artifact) });
export type IncidentDetail = z.infer<typeof incidentDetail>;
/** Records a second in and out, and those removed; a gap in the reports is null. */
export const incidentRates = z.object({ stepMs: z.number(), times: z.array(z.number()), received: z.array(z.number().nullable()), sent: z.array(z.number().nullable()), removed: z.array(z.number().nullable()) });
export type IncidentRates = z.infer<typeof incidentRates>;

export const bundleManifest = z.object({
  weirBundle: z.literal(1), madeAt: z.string(), by: z.string(), from: z.string(), incident: z.object({ id: z.string(), title: z.string() }),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Artifacts that are not in it, and why. */
  left: z.array(z.object({ artifact: z.string(), name: z.string(), why: z.string() })),
});
export type BundleManifest = z.infer<typeof bundleManifest>;

/** Answer to POST /artifacts: a file from elsewhere is an artifact now; a bundle is an incident. */
export const broughtIn = z.object({ artifact: artifact.nullable(), incident: incident.nullable() });
export type BroughtIn = z.infer<typeof broughtIn>;
