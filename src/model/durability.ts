// What survives a rename: aliases of events and fields, and what people build on events: saved views and metric definitions.
// `event("checkout.started")` in KQL means every durable id that bears that name now or did before; `field("user.id")` likewise.
import { z } from 'zod';
import { alias } from './alias.ts';
import { eventUser } from './event.ts';
import { signalSchema } from './ids.ts';

export const aliasList = z.object({ aliases: z.array(alias) });
export const newAlias = z.strictObject({ kind: z.enum(['event', 'field']), former: z.string().min(1).max(1000), current: z.string().min(1).max(1000), service: z.string().max(500).nullable().default(null), reason: z.string().max(1000).default('') });
export type NewAlias = z.infer<typeof newAlias>;
/** PUT /aliases/{id}. `proposed` takes back what was accepted or rejected; one that a person said has nothing to go back to, and is rejected then. */
export const aliasDecision = z.strictObject({ state: alias.shape.state, reason: z.string().max(1000).default(''),
  /** What was decided about: when it is another by now nothing changes (409 alias.changed-meanwhile). Left out, the last word counts. */
  base: z.strictObject({ state: alias.shape.state, /** Null: nobody decided yet. */ decidedAt: z.string().nullable() }).optional() });
export type AliasBase = NonNullable<z.infer<typeof aliasDecision>['base']>;
/** What `event()` and `field()` are written out with: each name that was renamed, or is a new name of another, to all that mean the same, itself
 *  included, the newest first. `service`: only there; null: wherever it occurs. */
const meaning = z.object({ name: z.string(), service: z.string().nullable() });
export type NameMeaning = Readonly<z.infer<typeof meaning>>;
type Meanings = Readonly<Record<string, readonly NameMeaning[]>>;
export interface NameBook { readonly events: Meanings; readonly fields: Meanings }
/** The same as it is sent: each name with the place of its list among the groups, which names of one thing share. */
const placed = z.array(z.tuple([z.string(), z.number().int().nonnegative()]));
export const nameGroups = z.object({ groups: z.array(z.array(meaning)), events: placed, fields: placed });
export type NameGroups = z.infer<typeof nameGroups>;
/** GET /aliases/names: `known` is a revision that the asker has; the book is null when that is the newest. */
export const namesQuery = z.object({ known: z.string().max(100).optional() });
export const knownNames = z.object({ revision: z.string(), book: nameGroups.nullable() });

/** A rename that something follows now: what it says, what that means today (the newest name first), since when it is followed, when the new name was
 *  first seen, who accepted it, and from when until when it met nothing of it. */
export const followedName = z.object({ name: z.string(), now: z.array(z.string()), since: z.string(), firstSeen: alias.shape.firstSeen, by: z.string().optional(), missed: alias.shape.missed });
export type FollowedName = z.infer<typeof followedName>;

/** GET /aliases/following: who follows renames now, beyond what views and metrics say of themselves. Recorders by what fills them and by their keys. */
const following = z.record(z.string(), z.array(followedName));
export const followingNames = z.object({ /** By id. */ rules: following, /** By name. */ recorders: following, /** By id. */ themes: following });
export type FollowingNames = z.infer<typeof followingNames>;

/** GET /aliases/broken: renames that somebody's words do not reach, the newest first. Of a proposed one that is everybody who names the former name, for
 *  nothing follows it yet; of one in force those who name it otherwise than by `event("…")` and `field("…")`. */
export const brokenName = z.object({ alias, users: z.array(eventUser) });
export type BrokenName = z.infer<typeof brokenName>;
export const brokenNames = z.object({ broken: z.array(brokenName) });

/** What would become of those that do not follow: the text of a rule, the KQL of a view, or the key of a recorder (its id is its name) that says
 *  `event("…")` or `field("…")` instead. */
export const followOffer = z.object({ kind: z.enum(['rule', 'view', 'recorder']), id: z.string(), name: z.string(), before: z.string(), after: z.string() });
export type FollowOffer = z.infer<typeof followOffer>;
/** GET /aliases/preview: what a rename would break. */
export const aliasPreviewQuery = z.object({ name: z.string().min(1).max(1000), kind: z.enum(['event', 'field']).default('event'), service: z.string().max(500).optional() });
export const aliasPreview = z.object({ name: z.string(), kind: z.enum(['event', 'field']), /** Those that break first. */ users: z.array(eventUser), breaks: z.number(), follows: z.number(), offers: z.array(followOffer),
  /** Rules that run and break, of which the newest version follows: it waits to be deployed. */ toDeploy: z.array(z.object({ id: z.string(), name: z.string(), version: z.number() })).default([]) });
export type AliasPreview = z.infer<typeof aliasPreview>;
/** POST /aliases/follow: new versions of these rules, views and recorders; a rule that runs goes on with the old one until somebody deploys the new. */
export const followName = z.strictObject({ kind: z.enum(['event', 'field']).default('event'), name: z.string().min(1).max(1000), ruleIds: z.array(z.string().max(100)).max(200).default([]), viewIds: z.array(z.string().max(100)).max(200).default([]), recorderNames: z.array(z.string().max(100)).max(200).default([]) });
export type FollowWish = z.infer<typeof followName>;
export const followDone = z.object({ results: z.array(z.object({ kind: followOffer.shape.kind, id: z.string(), /** Of a rule; null when nothing was saved. */ version: z.number().nullable(), /** Why nothing was saved; null when it was. */ problem: z.string().nullable() })) });
export type FollowDone = z.infer<typeof followDone>;

const fileName = z.string().min(1).max(120);
const valuesByFacet = z.record(z.string().max(200), z.array(z.string().max(2000)).min(1).max(200));
/** What a person chose in the facets, by field: values that are hidden, or the only ones that show. */
const facetChoice = z.strictObject({ hidden: valuesByFacet.default({}), only: valuesByFacet.default({}) });
/** A tail filter that somebody keeps, shares and puts under version control. What came later has a default: a view from before it is read as it was shown. */
export const savedView = z.object({
  id: z.string(), name: fileName, description: z.string().max(2000), signals: z.array(signalSchema).min(1), kql: z.string().max(20_000), columns: z.array(z.string().max(200)).max(50),
  /** Where in the pipeline: after the rules (`out`) or before them (`in`). */
  stage: z.enum(['out', 'in']).default('out'), facets: facetChoice.default({ hidden: {}, only: {} }), /** Long lines are wrapped. */ wrap: z.boolean().default(false),
  createdAt: z.string(), updatedAt: z.string(), author: z.string(),
  /** Renames that it follows now: what it says, and what that means today. */
  follows: z.array(followedName).default([]),
});
export type SavedView = z.infer<typeof savedView>;
/** What breaks a line, a file's name or a table. Control characters of Unicode (Cc). */
const plainName = fileName.regex(/^\P{Cc}*$/u, 'It has a control character, such as a line break or NUL. Leave it out.');
/** As it may stand in the store. */
const ofPerson = savedView.pick({ name: true, description: true, signals: true, kql: true, columns: true, stage: true, facets: true, wrap: true });
export const savedViewInput = ofPerson.extend({ name: plainName }).strict();
export type SavedViewInput = z.infer<typeof savedViewInput>;
/** What a person may change of a view. */
export const inputOfView = (view: SavedViewInput): SavedViewInput => ofPerson.parse(view);
/** PUT /views/{id}. `base`: what was edited; when it is another by now nothing is saved (409 view.changed-meanwhile). Left out, the last word counts. */
export const savedViewChange = savedViewInput.extend({ base: ofPerson.strict().optional() });
export const savedViewList = z.object({ views: z.array(savedView) });
/** A saved view as a file for git: one YAML document each, several in one file behind `---`. */
export const viewFile = savedViewInput.extend({ weir: z.literal(1).default(1), kind: z.literal('view').default('view'), description: z.string().max(2000).default(''), signals: z.array(signalSchema).min(1).default(['logs']), kql: z.string().max(20_000).default(''), columns: z.array(z.string().max(200)).max(50).default([]) });
/** What the file of a view is called, without `.yaml`: no path, no sign that a file system refuses, no hidden file. */
export function viewFileName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'view' : plain.slice(0, 60);
}
/** POST /views/import?dry=1: the plan alone. All or nothing; views that no file holds stay. */
export const viewImport = z.strictObject({ files: z.array(z.strictObject({ name: z.string().max(500), text: z.string().max(500_000) })).min(1).max(2000) });
export const viewStep = z.object({ name: z.string(), action: z.enum(['create', 'change', 'same']), /** Fields that differ. */ fields: z.array(z.string()), /** Of a view that is there: what would be overwritten, and by what. */ changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })).optional() });
export type ViewStep = z.infer<typeof viewStep>;
export const viewImported = z.object({ steps: z.array(viewStep), applied: z.boolean() });
export type ViewImported = z.infer<typeof viewImported>;

/** A metric that rules make (`to_metric`), as dashboards know it: its name, what it counts and by what. */
export const metricDefinition = z.object({
  name: z.string(), unit: z.string(), description: z.string(), kind: z.enum(['sum', 'gauge']), /** A sum that only grows (counts). */ monotonic: z.boolean(), /** Attributes of its points. */ groupBy: z.array(z.string()),
  ruleId: z.string(), ruleName: z.string(), kql: z.string(), state: z.enum(['draft', 'deployed', 'disabled']),
  follows: z.array(followedName),
  /** Fields that it is made of and that its events do not have, the event that came last, and since when: what is missing counts as nothing. */
  unseen: z.array(z.object({ field: z.string(), event: z.string(), since: z.string() })).optional(),
});
export type MetricDefinition = z.infer<typeof metricDefinition>;
export const metricList = z.object({ metrics: z.array(metricDefinition) });
/** Formats of `GET /api/v1/metrics/export` (grafana, prometheus, yaml) and `GET /api/v1/views/export` (yaml). */
export const metricExports = ['yaml', 'grafana', 'prometheus'] as const;

/** Toggle theme: a bundle of events whose verbosity is switched together. */
export const themeStates = ['on', 'off'] as const;
export const theme = z.object({
  id: z.string(), name: fileName, description: z.string().max(2000),
  /** What it covers: event names (`event()` semantics), optionally of one service. */
  members: z.array(z.object({ name: z.string().min(1).max(1000), service: z.string().max(500).nullable() })).min(1).max(500),
  /** While off, this many per thousand still pass; 0: none. */
  offKeepPerMille: z.number().int().min(0).max(999),
  state: z.enum(themeStates),
  /** Switched by hand, by this schedule, or by a net's action `theme`. Times of day in the zone, days 0 (Sunday) to 6. */
  schedule: z.array(z.object({ days: z.array(z.number().int().min(0).max(6)).min(1), from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/), zone: z.string().max(60), state: z.enum(themeStates) })).max(20),
  changedAt: z.string(), changedBy: z.string(), ruleId: z.string().nullable(),
});
export type Theme = z.infer<typeof theme>;
export type ThemeState = Theme['state'];
export const themeInput = theme.pick({ name: true, description: true, members: true, offKeepPerMille: true, schedule: true }).strict();
export type ThemeInput = z.infer<typeof themeInput>;
/** PUT /themes/{id}; `base` as of a view (409 theme.changed-meanwhile). */
export const themeChange = themeInput.extend({ base: themeInput.optional() });
/** With the cost of each state, per month, in the currency of the price table; null while nothing was measured. */
export const themeView = theme.extend({ costOn: z.number().nullable(), costOff: z.number().nullable(), currency: z.string(), /** Names that no log of the catalogue bears, under any of its names. */ unknownMembers: z.array(z.string()), /** Names of which records of ERROR and worse came: off holds those back too. */ membersWithErrors: z.array(z.string()).default([]), /** Since it was made. */ isSwitched: z.boolean().default(true),
  /** Other themes that are off and bundle some of the same events: those stay held back while this one is on. */ heldBackBy: z.array(z.object({ id: z.string(), name: z.string(), /** How many of this theme's. */ members: z.number() })).default([]),
  /** By itself back to this, then; null: it stays. */ back: z.object({ state: z.enum(themeStates), at: z.string() }).nullable() });
export type ThemeView = z.infer<typeof themeView>;
export const themeList = z.object({ themes: z.array(themeView) });
export const switchTheme = z.strictObject({ state: z.enum(themeStates), /** Back by itself after so long; null: stays. */ forMs: z.number().int().min(10_000).max(7 * 86_400_000).nullable().default(null), reason: z.string().max(500).default('') });
export type SwitchTheme = z.infer<typeof switchTheme>;
/** A net's action `theme`: `{ action: theme, name: checkout details, state: on, for: 10m }`. */
export const themeAction = z.strictObject({ name: fileName, state: z.enum(themeStates), forMs: switchTheme.shape.forMs.unwrap().unwrap().optional() });
export type ThemeAction = z.infer<typeof themeAction>;
