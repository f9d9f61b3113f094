// The state of each view that a link reproduces. Every schema tolerates what it does not know: a bad value falls back, it never breaks a link.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { actionName, actionState, artifactKind, redactionPlace, ruleKinds, signalSchema } from '../../model/index.ts';

const text = z.string().optional().catch(undefined);
/** Any word, also when it looks like a number. */
const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

export const overviewSearch = z.object({
  minutes: z.union([z.literal(5), z.literal(15)]).optional().catch(undefined),
  by: z.enum(['records', 'bytes']).optional().catch(undefined),
});
export type OverviewSearch = z.infer<typeof overviewSearch>;

export const tailSearch = z.object({
  /** KQL filter: a where-only pipeline or a bare predicate. */
  q: text,
  stage: z.enum(['out', 'in']).optional().catch(undefined),
  signals: z.array(z.enum(['logs', 'spans', 'metrics'])).min(1).optional().catch(undefined),
  columns: z.array(z.string()).optional().catch(undefined),
  wrap: flag,
  tab: text,
  /** Facet values that are switched off, by field. */
  off: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  /** The only facet values shown, by field: a value that is new stays hidden. */
  only: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  /** Id of an artifact: a collected recorder is shown in place of what is live. */
  recording: word,
  /** Id of the saved view that it was opened from. */
  view: word,
});
export type TailSearch = z.infer<typeof tailSearch>;

export const rulesSearch = z.object({ state: z.enum(['draft', 'deployed', 'disabled']).optional().catch(undefined), find: text, selected: text });
export type RulesSearch = z.infer<typeof rulesSearch>;

/** For `/rules/new` a rule may start from a record, a field or a talker: text and name come with the link. */
export const ruleEditorSearch = z.object({ kql: text, name: text, description: text,
  /** What a new rule starts as. */
  kind: z.enum(ruleKinds).optional().catch(undefined), copyOf: text,
  /** What a new policy hides, and where. */
  detector: text, key: word, service: word, place: redactionPlace.optional().catch(undefined), signal: signalSchema.optional().catch(undefined),
  /** The entry of a policy that is open in its forms, from 1. */
  entry: z.number().int().positive().optional().catch(undefined),
  /** Names the draft of a new rule, so that a reload finds it again. */
  draft: word,
  tab: text, side: text, view: z.enum(['text', 'picture', 'both']).optional().catch(undefined),
  /** What is compared: a version with the text in hand, or with the version `against`. */
  version: z.number().int().optional().catch(undefined), against: z.number().int().optional().catch(undefined), diff: flag });
export type RuleEditorSearch = z.infer<typeof ruleEditorSearch>;

export const fleetSearch = z.object({ agent: text, tab: z.enum(['summary', 'config', 'attributes']).optional().catch(undefined) });
export type FleetSearch = z.infer<typeof fleetSearch>;

export const recordersSearch = z.object({
  /** Name of the chosen recorder. */
  recorder: word, tab: z.enum(['agents', 'keys', 'definition', 'collected']).optional().catch(undefined),
  /** Whose keys are listed. */
  agent: text, find: word,
  /** The form of a new definition is open. */
  define: flag,
});
export type RecordersSearch = z.infer<typeof recordersSearch>;

export const dumpsSearch = z.object({
  tab: z.enum(['artifacts', 'actions']).optional().catch(undefined),
  /** Ids of what is open; `against` is what a text is compared with. */
  artifact: word, against: word, action: word,
  kind: z.enum(artifactKind.options).optional().catch(undefined), state: z.enum(actionState.options).optional().catch(undefined),
  agent: text, incident: word, find: word,
  /** The dialog that runs an action is open, at this one when it names one. */
  run: z.union([z.literal('any'), actionName]).optional().catch(undefined),
});
export type DumpsSearch = z.infer<typeof dumpsSearch>;

/** The ranges of the Redaction view, in seconds. */
export const redactionRanges = [300, 900, 3600, 21_600, 86_400, 604_800] as const;
export const redactionSearch = z.object({
  tab: z.enum(['audit', 'policy', 'detectors', 'suppressions']).optional().catch(undefined),
  range: z.union(redactionRanges.map(seconds => z.literal(seconds))).optional().catch(undefined),
  /** Id of the chosen source. */
  source: text,
  show: z.enum(['leaking', 'unproved', 'clean', 'ignored', 'allow-list']).optional().catch(undefined),
  find: word,
  by: z.enum(['detector', 'service', 'rule', 'key', 'state']).optional().catch(undefined),
  /** One bucket of the chart, Unix milliseconds, and its length: only its sources are listed. */
  at: z.number().optional().catch(undefined), wide: z.number().positive().optional().catch(undefined),
  family: text,
});
export type RedactionSearch = z.infer<typeof redactionSearch>;

export const incidentsSearch = z.object({ state: z.enum(['open', 'closed']).optional().catch(undefined), find: word });
export type IncidentsSearch = z.infer<typeof incidentsSearch>;

export const incidentSearch = z.object({
  show: z.enum(['trigger', 'action', 'artifact', 'deployment', 'note']).optional().catch(undefined),
  /** A part of its time, Unix milliseconds: everything else is left out. */
  from: z.number().optional().catch(undefined), to: z.number().optional().catch(undefined),
  /** Ids of the artifacts that are open beside each other; `none`: that side is closed. Missing: the most telling ones are open. */
  left: word, right: word,
  /** What stands beside them. */
  side: z.enum(['collected', 'entries', 'changed']).optional().catch(undefined),
});
export type IncidentSearch = z.infer<typeof incidentSearch>;

/** The current view's search state and a way to patch it. `replace` keeps the step out of the browser's history. Undefined removes a key. */
export function useUrlState<T extends object>(schema: z.ZodType<T>): readonly [T, (patch: Partial<T>, options?: { readonly replace?: boolean }) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (patch: Partial<T>, options?: { readonly replace?: boolean }) => {
    void navigate({ to: '.', search: ((before: object) => ({ ...before, ...patch })) as never, replace: options?.replace ?? false });
  };
  return [schema.parse(raw), set];
}
