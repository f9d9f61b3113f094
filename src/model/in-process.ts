// What the processes that run `weir/register` are told, as one file, and what each of their threads reports back, as one file
// each. The agent writes the first and reads the others; a person may write the first by hand. Files outlive whoever wrote them:
// with no agent the last rules stay in force, and a process that ends leaves its counts behind.
import { z } from 'zod';
import { signalSchema } from './ids.ts';
import { agentRule } from './rule.ts';

/** Inside the folder of the agent. */
export const inProcessFolder = 'in-process';
export const inProcessRulesFile = 'rules.json';
/** A folder beside the rules; threads report only where it exists. */
export const inProcessReportsFolder = 'reports';
/** Bytes of either file that are read. */
export const maxInProcessBytes = 8 * 1024 * 1024;

/** Lets records below the process's least severity through until it ends. */
export const inProcessValve = z.object({
  id: z.string().max(200), severityNumber: z.number().int().min(1).max(24), untilUnixMs: z.number(),
  /** Null: every one. */
  service: z.string().nullable().default(null), pid: z.number().int().nullable().default(null),
});
export type InProcessValve = z.infer<typeof inProcessValve>;

export const inProcessRules = z.object({
  version: z.literal(1), rules: z.array(agentRule).max(1000),
  /** What targets name as `Agent`. */
  agent: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  /** Log records with a lower severity number are dropped; 0 drops none, and a record without a severity is never below. */
  minSeverity: z.number().int().min(0).max(24).default(0),
  valves: z.array(inProcessValve).max(100).default([]),
});
export type InProcessRules = z.infer<typeof inProcessRules>;
export type InProcessRulesInput = z.input<typeof inProcessRules>;

const count = z.number().int().nonnegative();
/** Records of one signal since the thread began: seen = passed + dropped + sampled + belowLevel + withheld. */
export const inProcessCounts = z.object({
  signal: signalSchema, seen: count, passed: count, dropped: count, sampled: count, belowLevel: count,
  /** Redaction failed on them, so they did not leave. */
  withheld: count,
  /** Of those that passed: with other text or attributes. */
  changed: count,
  /** Of those that passed: a rule or Weir itself failed on them. */
  faults: count,
});
export type InProcessCounts = z.infer<typeof inProcessCounts>;

export const inProcessRuleCounts = z.object({
  id: z.string(), version: z.number(), matched: count, removed: count, changed: count, errors: count, lastError: z.string().nullable(),
  /** Why it does not run in the process; null while it does. */
  disabled: z.string().nullable(),
});
export type InProcessRuleCounts = z.infer<typeof inProcessRuleCounts>;

/** What redact rules hid here, by rule and detector, since the thread began; never a value. */
export const inProcessHidden = z.object({ rule: z.string(), detector: z.string(), count });

export const inProcessReport = z.object({
  version: z.literal(1), pid: z.number().int(), thread: z.number().int(), node: z.string(), service: z.string(),
  startedUnixMs: z.number(), atUnixMs: z.number(), ended: z.boolean(),
  /** What is wrong with the rules file, or empty. */
  problem: z.string(), cpuShare: z.number().nonnegative(), minSeverity: z.number().int(),
  counts: z.array(inProcessCounts), rules: z.array(inProcessRuleCounts), hidden: z.array(inProcessHidden).max(1000),
});
export type InProcessReport = z.infer<typeof inProcessReport>;
