// The rule document, version 1: what a person writes, in git as YAML and in the console as text and picture. Durations are
// text such as 30s, 5m, 1h, 7d; shares such as 1%; sizes such as 32MiB; rates such as 200/s. rules/ reads and prints them.
import { z } from 'zod';
import { actionNames, actionParameters } from './action.ts';
import { themeAction } from './durability.ts';
import { signalSchema } from './ids.ts';
import { policyFields } from './redaction.ts';

export const ruleDocumentVersion = 1;
/** Characters of one document. */
export const maxRuleText = 262_144;
export const maxKqlText = 64_000;

export const ruleKinds = ['query', 'state-machine', 'redaction-policy', 'language'] as const;
export type RuleKind = (typeof ruleKinds)[number];
export const ruleLocations = ['in-process', 'on-box', 'off-box'] as const;
export type RuleLocation = (typeof ruleLocations)[number];

const text = (pattern: RegExp, message: string) => z.string().regex(pattern, message);
export const durationText = text(/^(\d{1,11}(\.\d{1,9})?m?s|\d{1,9}(\.\d{1,9})?m|\d{1,7}(\.\d{1,9})?h|\d{1,6}(\.\d{1,9})?d)$/, 'Write a duration such as 500ms, 30s, 5m, 1h or 7d.');
const shareText = text(/^\d+(\.\d+)?\s?%$/, 'Write a share of one core such as 1% or 0.5%.');
const sizeText = text(/^\d+(\.\d+)?\s?(B|KiB|MiB|GiB)$/, 'Write a size such as 512KiB or 32MiB.');
const rateText = text(/^\d+(\.\d+)?\/(s|m|h)$/, 'Write a rate such as 200/s or 1000/m.');
const kqlText = z.string().min(1, 'There is no KQL yet.').max(maxKqlText, `KQL of more than ${maxKqlText.toLocaleString('en')} characters is refused: split it, or move long lists to where they come from.`);
const stateName = text(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'Use letters, digits, _ and -, starting with a letter.');

export const ruleBudget = z.strictObject({ cpu: shareText.optional(), memory: sizeText.optional(), output: rateText.optional() });

/** A record as tests give it and expect it: columns by name, `Attributes` and `Resource` as maps; `table` when it is not the rule's. */
const testRecord = z.record(z.string(), z.unknown());
const testPoint = z.strictObject({ name: z.string().optional(), value: z.number().optional(), count: z.number().optional(), attributes: z.record(z.string(), z.unknown()).optional() });

/** What must come out. Each thing left out is not checked; a record or point matches when the named fields are equal. */
export const queryTest = z.strictObject({
  name: z.string().min(1).max(200), given: z.array(testRecord).max(1000),
  expect: z.strictObject({
    /** Records that leave by the default way, all of them, in order. */
    records: z.array(testRecord).optional(),
    /** Data points that the rule makes, all of them, in any order. */
    metrics: z.array(testPoint).optional(),
    matched: z.number().int().optional(), dropped: z.number().int().optional(), changed: z.number().int().optional(),
  }),
});
export type QueryTest = z.infer<typeof queryTest>;

/** `at` on a given record is the time since the start of the test (`35s`); a record of `at` alone only lets time pass. */
export const machineTest = z.strictObject({
  name: z.string().min(1).max(200), given: z.array(testRecord).max(1000),
  expect: z.strictObject({
    /** Where every key ends, or by key (its values joined by ` / `). */
    state: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
    /** Started actions, in order. */
    actions: z.array(z.string()).optional(),
    /** `idle -> growing`, in order. */
    transitions: z.array(z.string()).optional(),
  }),
});
export type MachineTest = z.infer<typeof machineTest>;

const common = {
  weir: z.literal(ruleDocumentVersion).default(ruleDocumentVersion),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.'),
  description: z.string().max(2000).default(''),
  location: z.enum(ruleLocations).default('on-box'),
  /** KQL predicate over ServiceName, Resource and Agent; empty means every record of every agent. */
  targets: z.string().max(4000).default(''),
  order: z.number().int().min(0).max(10_000).default(100),
  expires: durationText.optional(),
  budget: ruleBudget.optional(),
};

export const queryDocument = z.strictObject({ ...common, kind: z.literal('query').default('query'), kql: kqlText, tests: z.array(queryTest).max(200).optional() });
export type QueryDocument = z.infer<typeof queryDocument>;

/** What the server does when a net fires; agents only tell it. */
export const serverActions = ['theme'] as const;
export const isServerAction = (action: string): boolean => (serverActions as readonly string[]).includes(action);
/** What a state may start: diagnostic operations of the agent, and what the server does. */
export const machineActions = [...actionNames, ...serverActions] as const;
export const machineActionParameters = { ...actionParameters, theme: themeAction } as const;
export const machineAction = z.looseObject({ action: z.enum(machineActions), if: kqlText.optional(), as: z.string().max(63).optional(), duration: durationText.optional(), recorder: z.string().max(63).optional() });
export type MachineAction = z.infer<typeof machineAction>;
/** `count` matches `within` a sliding time take the transition; one match when left out. */
export const machineTransition = z.strictObject({ when: kqlText, count: z.number().int().min(1).max(10_000).optional(), within: durationText.optional(), to: stateName });
export type MachineTransition = z.infer<typeof machineTransition>;
export const machineState = z.strictObject({
  enter: z.array(machineAction).max(20).optional(), on: z.array(machineTransition).max(50).optional(),
  /** Time in the state to the state that follows. */
  after: z.record(durationText, stateName).optional(),
});
export type MachineState = z.infer<typeof machineState>;

export const machineDocument = z.strictObject({
  ...common, kind: z.literal('state-machine'),
  /** KQL expressions; one machine per combination of their values. Empty: one machine in all. */
  key: z.array(z.string().min(1).max(500)).max(8).default([]),
  initial: stateName, states: z.record(stateName, machineState),
  limits: z.strictObject({ actions: z.number().int().min(0).max(10_000).optional(), per: durationText.optional(), cooldown: durationText.optional(), keys: z.number().int().min(1).max(100_000).optional() }).optional(),
  /** Bounds that are measured: name to `p99 over 7d by ServiceName`. */
  train: z.record(z.string(), z.string().max(200)).optional(),
  /** Where the picture shows each state; of no other meaning. */
  layout: z.record(stateName, z.strictObject({ x: z.number(), y: z.number() })).optional(),
  tests: z.array(machineTest).max(200).optional(),
});
export type MachineDocument = z.infer<typeof machineDocument>;

/** What must be left of the records of each test; a policy makes no metrics. */
export const policyDocument = z.strictObject({ ...common, kind: z.literal('redaction-policy'), ...policyFields, tests: z.array(queryTest).max(200).optional() });
export type PolicyDocument = z.infer<typeof policyDocument>;

/** What must come out of the sandbox for these records, each thing only when named. */
export const languageTest = z.strictObject({
  name: z.string().min(1).max(200), given: z.array(testRecord).max(1000),
  expect: z.strictObject({
    records: z.array(testRecord).optional(), metrics: z.array(testPoint).optional(), actions: z.array(z.string()).optional(),
    /** Part of the message with which the rule must fail. */
    error: z.string().optional(),
  }),
});
export type LanguageTest = z.infer<typeof languageTest>;

/** JavaScript in a sandbox. It defines `onRecord(record, weir)`, and may define `onTick(weir)`, called once a second. */
export const languageDocument = z.strictObject({
  ...common, kind: z.literal('language'), javascript: z.string().min(1, 'There is no JavaScript yet.').max(64_000),
  signals: z.array(signalSchema).min(1).default(['logs']),
  /** KQL predicate: only these records are handed to the sandbox. Empty: all. */
  when: z.string().max(4000).default(''),
  limits: z.strictObject({ actions: z.number().int().min(0).max(10_000).optional(), per: durationText.optional(), cooldown: durationText.optional() }).optional(),
  tests: z.array(languageTest).max(200).optional(),
});
export type LanguageDocument = z.infer<typeof languageDocument>;

/** A document without `kind` is a query. */
export const ruleDocument = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value) ? { ...value, kind: 'query' } : value),
  z.discriminatedUnion('kind', [queryDocument, machineDocument, policyDocument, languageDocument]),
);
export type RuleDocument = z.infer<typeof ruleDocument>;
