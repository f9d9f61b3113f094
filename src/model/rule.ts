// A rule document and its immutable versions, as stored, as sent over REST, and as agents receive it.
import { z } from 'zod';

export const ruleStates = ['draft', 'deployed', 'disabled'] as const;

/** What a person writes. `targets` is a KQL predicate over ServiceName and resource attributes; empty means every agent. */
export const ruleDocument = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.'),
  description: z.string().max(2000).default(''),
  kind: z.literal('query').default('query'),
  order: z.number().int().min(0).max(10_000).default(100),
  kql: z.string().min(1).max(64_000),
});
export type RuleDocument = z.infer<typeof ruleDocument>;

/** One compiled rule as agents receive and store it. `plan` is a kql Plan, checked by the engine's own schema on arrival. */
export const agentRule = z.object({
  id: z.string(), name: z.string(), version: z.number().int().positive(), order: z.number().int(), plan: z.unknown(),
});
export type AgentRule = z.infer<typeof agentRule>;

/** The whole effective configuration of an agent: the file `weir.rules.json` in OpAMP's config map. */
export const agentConfig = z.object({ version: z.literal(1), revision: z.number().int().nonnegative(), rules: z.array(agentRule) });
export type AgentConfig = z.infer<typeof agentConfig>;
export const agentConfigFile = 'weir.rules.json';
