// What agents receive of rules, and the words for a rule's states. The document that a person writes is rule-document.ts.
import { z } from 'zod';
import { signalSchema } from './ids.ts';
import { agentRecorder } from './recorder.ts';
import { redactionPolicy } from './redaction.ts';
import { ruleLocations } from './rule-document.ts';

export const ruleStates = ['draft', 'deployed', 'disabled'] as const;
/** `shadow`: the rule only counts what it would do. */
export const ruleModes = ['live', 'shadow'] as const;
export type RuleMode = (typeof ruleModes)[number];

/** Why a rule turned itself off: past its CPU share, its memory, its output rate; its date; the agent as a whole past its own ceiling; a script
 *  that the sandbox ended; or the agent cannot run it at all. */
export const breachKinds = ['cpu', 'memory', 'output', 'expired', 'agent', 'sandbox', 'refused'] as const;
export type BreachKind = (typeof breachKinds)[number];

/** Upper bounds of one rule on one agent, as numbers. */
export const ruleBounds = z.object({
  /** Share of one core, 0 to 1. */
  cpuShare: z.number().gt(0).lte(1),
  /** Bytes that its groups, windows and held records may take. */
  memoryBytes: z.number().int().positive(),
  /** Records and points that it makes, per second; null is no bound. */
  outputPerSecond: z.number().positive().nullable(),
});
export type RuleBounds = z.infer<typeof ruleBounds>;
/** What holds where a document names no budget. */
export const defaultBounds: RuleBounds = { cpuShare: 0.05, memoryBytes: 32 * 1024 * 1024, outputPerSecond: null };

/** A language rule: JavaScript for the sandbox, and the records that it gets. */
export const agentLanguage = z.object({
  javascript: z.string().max(256_000), signals: z.array(signalSchema).min(1), /** A KQL Expr over `source`; null is every record. */ when: z.unknown().nullable(),
  limits: z.object({ actions: z.number().int().min(0), perMs: z.number().positive(), cooldownMs: z.number().nonnegative() }),
});
export type AgentLanguage = z.infer<typeof agentLanguage>;

/** One compiled rule as agents receive and store it. `plan` is a kql Plan, checked by the engine's own schema on arrival. */
export const agentRule = z.object({
  id: z.string(), name: z.string(), version: z.number().int().positive(), order: z.number().int(), plan: z.unknown(),
  /** A redaction policy, of which `plan` is null. */
  policy: redactionPolicy.nullable().default(null),
  /** A net, of which `plan` is null: the engine's MachinePlan, checked by the engine on arrival. */
  machine: z.unknown().optional(),
  /** A language rule, of which `plan` is null. */
  language: agentLanguage.nullable().optional(),
  /** Which records it is for: a Plan of mode targets, or null for all. */
  targets: z.unknown().nullable().default(null),
  mode: z.enum(ruleModes).default('live'),
  /** Where it runs; on-box when left out. The agent hands those of `in-process` on to processes. */
  location: z.enum(ruleLocations).optional(),
  bounds: ruleBounds.default(defaultBounds),
  /** It ends by itself then; null never. */
  expiresAtUnixMs: z.number().nullable().default(null),
  /** Grows with each deployment of the rule: a rule that turned itself off starts again with a new one only. */
  deployment: z.number().int().nonnegative().default(0),
  /** What the names that it follows (`event()`, `field()`, ids of templates) stand for now, as a digest; missing when it follows none. Another
   *  digest is the same deployment by other names: it goes on with its counts. */
  names: z.string().max(64).optional(),
  /** Of a rule that redacts and names ids of mined templates: those templates, so that the agent knows them before the first record comes. A
   *  TemplateBook of mining, checked on arrival; of another version it teaches nothing. */
  templates: z.unknown().optional(),
});
export type AgentRule = z.infer<typeof agentRule>;
/** What a caller must say; the rest has defaults. */
export type AgentRuleInput = z.input<typeof agentRule>;

/** The whole effective configuration of an agent: the file `weir.rules.json` in OpAMP's config map. */
export const agentConfig = z.object({ version: z.literal(1), revision: z.number().int().nonnegative(), rules: z.array(agentRule), /** Those that somebody defined; older servers send none. */ recorders: z.array(agentRecorder).optional() });
export type AgentConfig = z.infer<typeof agentConfig>;
export const agentConfigFile = 'weir.rules.json';
/** Beside it when there are any: the deployments that turned themselves off on this agent, `disabledRules`. */
export const agentDisabledFile = 'weir.disabled.json';
export const disabledRules = z.object({ version: z.literal(1), rules: z.array(z.object({
  id: z.string(), version: z.number(), deployment: z.number(), disabled: z.object({ kind: z.enum(breachKinds), reason: z.string(), atUnixMs: z.number() }),
})) });
