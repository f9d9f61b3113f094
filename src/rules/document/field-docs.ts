// What each field of a rule document is for: one line each, for hover, completion and the JSON Schema. `*` stands for a name of
// the person's choice, `[]` for an entry of a list.
import type { RuleKind } from '../../model/index.ts';
import { policyDocs } from './policy-docs.ts';

export interface FieldDoc { readonly doc: string; readonly example?: string }

const common: Readonly<Record<string, FieldDoc>> = {
  weir: { doc: 'Version of the document format. It is 1.', example: '1' },
  kind: { doc: 'query: a KQL pipeline that ends in a sink. state-machine: states and transitions that may start actions. redaction-policy: what becomes of secrets and personal data. language: JavaScript that sees each record.', example: 'query' },
  name: { doc: 'Name of the rule, unique on its server: lower-case letters, digits and dashes.', example: 'launch-log-to-metric' },
  description: { doc: 'Why the rule is there, for whoever reads it next.', example: 'Nobody reads these rows; keep the count.' },
  location: { doc: 'Where it runs: in the process, on the agent beside it (on-box), or on the gateway (off-box).', example: 'on-box' },
  targets: { doc: 'KQL predicate over ServiceName, Resource and Agent: which records it is for. Empty: all.', example: 'ServiceName == "frontend"' },
  order: { doc: 'Rules run from the lowest to the highest; redaction runs before all others. 100 when left out.', example: '100' },
  expires: { doc: 'The rule ends by itself this long after its deployment.', example: '7d' },
  budget: { doc: 'Bounds that agents enforce; past one of them the rule turns itself off and says so.', example: '{ cpu: 1%, memory: 32MiB, output: 200/s }' },
  'budget.cpu': { doc: 'Share of one core. 5% when left out.', example: '1%' },
  'budget.memory': { doc: 'What its groups, windows and held records may take. 32MiB when left out.', example: '32MiB' },
  'budget.output': { doc: 'Records and points that it may make. No bound when left out.', example: '200/s' },
  tests: { doc: 'Sample records and what must come out; run by `weir rules test` and before every change.' },
  'tests[].name': { doc: 'What the test shows, as a sentence.', example: 'launches become a metric' },
  'tests[].given': { doc: 'Records by column name; a name that is no column is an attribute. at: 35s is the time since the start.', example: '- { EventName: LogLaunch, ServiceName: frontend }' },
  'tests[].expect': { doc: 'What must come out. What is left out is not checked.' },
};

const outcome: Readonly<Record<string, FieldDoc>> = {
  'tests[].expect.records': { doc: 'All records that leave, in order. A record is right when the fields named here are.' },
  'tests[].expect.matched': { doc: 'How many records the rule matched.' },
  'tests[].expect.dropped': { doc: 'How many records the rule took out of the stream.' },
  'tests[].expect.changed': { doc: 'How many records the rule changed.' },
};

const query: Readonly<Record<string, FieldDoc>> = {
  kql: { doc: 'One pipeline over Logs, Spans or Metrics that ends in a sink: | invoke drop(), update(), to_metric(…)', example: 'Logs | where EventName == "Noise" | invoke drop()' },
  'tests[].expect.metrics': { doc: 'All data points that the rule makes, in any order.' },
  'tests[].expect.metrics[].name': { doc: 'Name of the metric.' },
  'tests[].expect.metrics[].value': { doc: 'Value of a sum or gauge point.' },
  'tests[].expect.metrics[].count': { doc: 'Number of observations of a histogram point.' },
  'tests[].expect.metrics[].attributes': { doc: 'Attributes of the point; those named here must be equal.' },
};

const machine: Readonly<Record<string, FieldDoc>> = {
  key: { doc: 'KQL expressions; one machine for each combination of their values. Empty: one machine in all.', example: '[ServiceName]' },
  initial: { doc: 'The state that a machine begins in.', example: 'idle' },
  states: { doc: 'The states by name, each with its transitions, timers and actions.' },
  'states.*': { doc: 'A state: on (transitions), after (timers), enter (actions when it is entered).' },
  'states.*.enter': { doc: 'Actions that start when the state is entered.', example: '- { action: cpu-sample, duration: 10s }' },
  'states.*.enter[].action': { doc: 'The diagnostic operation to start.', example: 'cpu-sample' },
  'states.*.enter[].if': { doc: 'KQL condition; without it the action always starts.', example: 'last("memory-dump") > 1h' },
  'states.*.enter[].as': { doc: 'Name of what comes out of it, in the incident.' },
  'states.*.enter[].duration': { doc: 'How long it runs.', example: '10s' },
  'states.*.enter[].recorder': { doc: 'Name of the flight recorder that it is about.' },
  'states.*.on': { doc: 'Transitions that a record may take.', example: `- { when: 'EventName == "QueueDepth"', to: growing }` },
  'states.*.on[].when': { doc: 'KQL predicate over the record. since("EventName") and last("action") are spans of time, trained("name", 200) is a measured bound.' },
  'states.*.on[].count': { doc: 'So many matches take the transition; one when left out.', example: '5' },
  'states.*.on[].within': { doc: 'The matches must lie within this sliding time.', example: '30s' },
  'states.*.on[].to': { doc: 'The state that follows.' },
  'states.*.after': { doc: 'Time in the state, and the state that follows then.', example: '{ 60s: idle }' },
  limits: { doc: 'How often actions may start, kept across restarts.', example: '{ actions: 5, per: 1h, cooldown: 10m }' },
  'limits.actions': { doc: 'Actions started at most per `per`.' },
  'limits.per': { doc: 'The sliding time that `actions` counts in.' },
  'limits.cooldown': { doc: 'Least time between two starts of the same action.' },
  'limits.keys': { doc: 'Machines at most, one per key; the least recently used goes first.' },
  train: { doc: 'Bounds that are measured: the name of an attribute or a column of numbers, to a percentile over a time by KQL expressions. Guards name it in trained("depth", 200), and go by the number until `adopted` stands behind it.', example: '{ depth: p99 over 7d by ServiceName }' },
  layout: { doc: 'Where the picture shows each state; of no other meaning.' },
  'tests[].expect.state': { doc: 'The state that every machine ends in, or by key.' },
  'tests[].expect.actions': { doc: 'Started actions, in order.' },
  'tests[].expect.transitions': { doc: 'Transitions taken, in order, as `idle -> growing`.' },
};

const language: Readonly<Record<string, FieldDoc>> = {
  when: { doc: 'KQL predicate over the record: only these records are handed to the script. Empty: all. The narrower, the less it costs.', example: 'EventName == "QueueDepth"' },
  limits: { doc: 'How often weir.action may start something, kept across restarts.', example: '{ actions: 3, per: 1h, cooldown: 10m }' },
  'limits.actions': { doc: 'Actions started at most per `per`. 3 when left out; 0: none.' },
  'limits.per': { doc: 'The sliding time that `actions` counts in. 1h when left out.' },
  'limits.cooldown': { doc: 'Least time between two starts of the same action. 10m when left out.' },
  signals: { doc: 'What it is shown. logs when left out.', example: '[logs, spans]' },
  javascript: { doc: 'A script with function onRecord(record, weir), and function onTick(weir) if it wants to be called once a second. It can emit records and metrics, keep state and ask for actions; it cannot change or drop a record.', example: 'function onRecord(record, weir) { weir.metric("seen", 1); }' },
  'tests[].expect.records': { doc: 'All records that the script emits, in order. A record is right when the fields named here are.' },
  'tests[].expect.metrics': { doc: 'All metrics that the script makes, in any order; a sum is what all its calls add up to.' },
  'tests[].expect.metrics[].name': { doc: 'Name of the metric.' },
  'tests[].expect.metrics[].value': { doc: 'The sum, or the last value of a gauge.' },
  'tests[].expect.metrics[].attributes': { doc: 'Attributes of the metric; those named here must be equal.' },
  'tests[].expect.actions': { doc: 'Actions that it starts, in order.' },
  'tests[].expect.error': { doc: 'Part of the message with which the script must fail.' },
};

/** Docs by path, for each kind. */
export const fieldDocs: Readonly<Record<RuleKind, Readonly<Record<string, FieldDoc>>>> = { query: { ...common, ...outcome, ...query }, 'state-machine': { ...common, ...machine }, 'redaction-policy': { ...common, ...outcome, ...policyDocs }, language: { ...common, ...language } };

/** Fields of a document in the order in which it is printed and new ones are put in. */
export const fieldOrder = ['weir', 'kind', 'name', 'description', 'location', 'targets', 'order', 'expires', 'budget', 'when', 'key', 'initial', 'states', 'limits', 'train', 'kql', 'mode', 'keep', 'detectors', 'except', 'sensitiveKeys', 'patterns', 'entries', 'allow', 'annotate', 'signals', 'javascript', 'tests', 'layout'] as const;
