// The scoring table: what adds how many points to which axis, and the sentence that says so. A score is the sum of an axis, at most 10.
//
//   axis         points  because
//   privacy      4 route · 2 record · 3 metric grouped by something personal · 2 update copies text into attributes · 2 redact by hash
//                1 redact some detectors only · 1 redact some records only · machine: 5 memory, packets · 3 files, commands, heap · 2 config, state, logs
//   security     3 route · takes away: 5 everything, 3 errors of any event, 1 errors of named events, 1 the rest of any event · machine: 6 command · 5 memory, packets · 4 files · 3 config, heap · 1 else
//   reliability  takes away: 6 everything, 4 errors of any event, 2 errors of named events, 2 the rest of any event, 1 of named events
//                3 another rule reads what it takes · 3 renames what identifies a record · 2 changes attributes · 1 never ends · 1 held by dedup
//                machine: 4 stops the process for a dump · 2 more than 20 actions an hour
//   policy       see policy-factors.ts · language: language-factors.ts
//   cost         3 route · 1 record, keep, tee · 8 more series than the bound in the dry run · 5 a series for two records · 4 groups by more than 10,000 values · 2 by more than 1,000 · 1 by unknown many · machine: 2 artifacts
//   performance  3 regular expression over Body · 2 over another field · 1 text search in Body · 2 takes text apart · 1 one record becomes several
//                2 looks at every record · 3 scans every record for secrets · 2 groups by many · 1 large aggregates · 1 above 10,000 and 2 above
//                100,000 records a second · 1 may use more than 10 % of a core · machine: 1 a machine per key · 2 CPU or heap samples
// Whoever takes more never scores lower: breadth and errors each add, and neither takes the other's points away.
import type { CompiledMachine, CompiledQuery, RiskAxis } from '../types.ts';
import { planFacts, type PlanFacts } from './plan-facts.ts';
import { seriesWarning, type SeriesCounts } from './series-warning.ts';

/** What is known of the traffic; whatever is not known is judged by the text alone. */
export interface RiskFacts {
  /** Records a second that reach the rule. */
  readonly recordsPerSecond?: number;
  /** Share of them that it matches, 0 to 1. */
  readonly matchedShare?: number;
  /** Distinct values by name of column or attribute. */
  readonly distinct?: Readonly<Record<string, number>>;
  /** Names of rules that read what this rule takes away (conflictsOf). */
  readonly takenFrom?: readonly string[];
  /** Series that a dry run made. */
  readonly series?: SeriesCounts;
}

/** `points` 0: said, and of no weight. */
export interface RiskPoint { readonly axis: RiskAxis; readonly points: number; readonly reason: string }

const point = (axis: RiskAxis, points: number, reason: string): RiskPoint => ({ axis, points, reason });
const when = (condition: boolean, ...points: readonly RiskPoint[]): readonly RiskPoint[] => (condition ? points : []);

const personal = /user|e-?mail|client|customer|session|phone|address|person|account|token|\bip\b|enduser/i;
/** What dashboards, alerts and other rules know a record by. */
const identifying: ReadonlySet<string> = new Set(['EventName', 'Name', 'MetricName', 'Timestamp', 'SeverityNumber', 'SeverityText', 'TraceId', 'SpanId']);
const whole = (n: number): string => Math.round(n).toLocaleString('en');

export function queryPoints(rule: CompiledQuery, facts: RiskFacts): readonly RiskPoint[] {
  return [point('security', 0, 'A query rule cannot start an action.'), ...sinkPoints(rule), ...removalPoints(rule, facts), ...groupPoints(rule, facts), ...seriesPoints(facts), ...workPoints(rule, facts), ...lifePoints(rule)];
}

function sinkPoints({ plan }: CompiledQuery): readonly RiskPoint[] {
  const { sink } = plan;
  const { writes, hasCondition } = planFacts(plan);
  switch (sink?.sink) {
    case 'route': return [
      point('privacy', 4, `It sends records to the exporter ${sink.exporter}, where other people may read them.`), point('security', 3, `Whoever runs ${sink.exporter} receives what it routes.`), point('cost', 3, `${sink.exporter} stores and bills what it receives.`),
    ];
    case 'record': return [point('privacy', 2, `It keeps copies of records in the flight recorder ${sink.recorder}.`), point('cost', 1, 'A flight recorder takes memory on every agent.')];
    case 'to_metric': return when(sink.keep, point('cost', 1, 'The records pass beside the metric, so both are paid for.'));
    case 'redact': return [
      point('privacy', 0, 'It hides secrets, which lowers the privacy risk of everything behind it.'),
      ...when(sink.mode === 'hash', point('privacy', 2, 'A hash can be guessed where there are few possible values; mask and remove keep nothing.')),
      ...when(!sink.detectors.includes('*'), point('privacy', 1, `It looks for ${sink.detectors.join(', ')} only.`)),
      ...when(hasCondition, point('privacy', 1, 'Records that its conditions leave out pass as they are.')),
    ];
    case 'update': return updatePoints(writes, plan);
    case 'dedup': return [point('reliability', 1, 'Records wait on the agent until their window closes; an agent that is killed loses them.')];
    default: return [];
  }
}

function updatePoints(writes: readonly string[], plan: CompiledQuery['plan']): readonly RiskPoint[] {
  const known = writes.filter((name) => identifying.has(name));
  const others = writes.filter((name) => !identifying.has(name));
  return [
    ...when(known.length > 0, point('reliability', 3, `It changes ${known.join(', ')}, by which dashboards, alerts and other rules know a record.`)),
    ...when(others.length > 0, point('reliability', 2, `It changes ${others.slice(0, 5).join(', ')}; whatever reads them sees the new values.`)),
    ...when(planFacts(plan).parses && others.length > 0, point('privacy', 2, 'It copies parts of text into attributes, where they are easier to find.')),
  ];
}

const takers: Readonly<Record<string, string>> = { drop: 'drops', sample: 'drops a share of', to_metric: 'takes', record: 'diverts', route: 'routes', dedup: 'folds' };

function removalPoints({ plan }: CompiledQuery, { takenFrom = [], matchedShare }: RiskFacts): readonly RiskPoint[] {
  const { sink } = plan;
  const verb = sink === null ? undefined : takers[sink.sink];
  if (verb === undefined || (sink?.sink === 'to_metric' && sink.keep) || (sink?.sink === 'record' && sink.tee)) return [];
  return [
    point('cost', 0, 'Fewer records leave the agent, which lowers what storage costs.'),
    ...takenPoints(verb, plan.table, planFacts(plan)),
    ...when(takenFrom.length > 0, point('reliability', 3, `${takenFrom.join(', ')} would read records that it takes away.`)),
    ...when(matchedShare !== undefined && matchedShare > 0.5, point('reliability', 2, `It matches ${Math.round((matchedShare ?? 0) * 100)} % of the records that reach it.`)),
  ];
}

/** By how much is taken, and whether errors are among it. Where a record has no severity, it counts as none that an investigation looks for first. */
function takenPoints(verb: string, table: string, { severity, hasCondition, isKeyed }: PlanFacts): readonly RiskPoint[] {
  const errors = (table === 'Logs' || table === 'source') && severity !== 'no-errors';
  if (!hasCondition) return [
    point('reliability', errors ? 6 : 4, `It ${verb} every record of ${table}${errors ? ', errors among them' : ''}: there is no where.`),
    point('security', errors ? 5 : 2, `Nothing of ${table} is left for an investigation.`),
  ];
  const of = isKeyed ? 'of the events or services that it names' : 'of whatever event or service';
  const which = !errors ? 'records below error severity' : severity === 'errors-only' ? 'records of error severity, which people look for first,' : 'records, errors among them,';
  const [reliability, security] = errors ? (isKeyed ? [2, 1] : [4, 3]) : isKeyed ? [1, 0] : [2, 1];
  return [
    point('reliability', reliability!, `It ${verb} ${errors || table === 'Logs' || table === 'source' ? which : 'records'} ${of}.`),
    ...when(security! > 0, point('security', security!, `Records that an investigation would need may be among those that it takes away${isKeyed ? '' : ', of every event and service'}.`)),
  ];
}

const maxGroups = 10_000;

/** Of a dry run: what was counted needs no guess. */
function seriesPoints({ series }: RiskFacts): readonly RiskPoint[] {
  const warning = series === undefined ? null : seriesWarning(series);
  if (warning === null) return [];
  return [
    point('cost', warning.kind === 'overflow' ? 8 : 5, `In the dry run it made ${warning.strong} ${warning.rest}`), point('performance', 2, 'So many groups take memory and time on every agent.'),
    ...when(warning.kind === 'overflow', point('reliability', 2, 'Past the bound, figures of different groups are counted together and cannot be told apart.')),
  ];
}

function groupPoints({ plan }: CompiledQuery, { distinct = {} }: RiskFacts): readonly RiskPoint[] {
  const { groupKeys, heavyAggregates } = planFacts(plan);
  const known = groupKeys.filter((name) => distinct[name] !== undefined);
  const groups = known.reduce((product, name) => product * Math.max(1, distinct[name]!), 1);
  const unknown = groupKeys.filter((name) => distinct[name] === undefined && name !== 'ServiceName');
  const private_ = groupKeys.filter((name) => personal.test(name));
  return [
    ...when(groups > maxGroups, point('cost', 4, `${known.join(' by ')} make about ${whole(groups)} groups; each is a time series, and those past ${whole(maxGroups)} go to one overflow group.`), point('performance', 2, 'So many groups take memory and time on every agent.')),
    ...when(groups > 1000 && groups <= maxGroups, point('cost', 2, `${known.join(' by ')} make about ${whole(groups)} groups, each of them a time series.`)),
    ...when(unknown.length > 0, point('cost', 1, `How many values ${unknown.join(', ')} will have is not known.`)),
    ...when(private_.length > 0, point('privacy', 3, `It groups by ${private_.join(', ')}, which may name a person.`)),
    ...when(heavyAggregates.length > 0, point('performance', 1, `${[...new Set(heavyAggregates)].join(', ')} hold many values for each group.`)),
  ];
}

function workPoints({ plan, bounds }: CompiledQuery, { recordsPerSecond }: RiskFacts): readonly RiskPoint[] {
  const facts = planFacts(plan);
  const patterns = [...new Set(facts.regexOn)];
  return [
    ...when(patterns.includes('Body'), point('performance', 3, 'A regular expression runs over the body. It runs in linear time, and bodies may be long.')),
    ...when(patterns.some((name) => name !== 'Body'), point('performance', 2, `A regular expression runs over ${patterns.filter((name) => name !== 'Body').join(', ')}.`)),
    ...when(facts.scansBody, point('performance', 1, 'The body is searched for text.')),
    ...when(facts.parses, point('performance', 2, 'Text is taken apart for each record.')),
    ...when(facts.expands, point('performance', 1, 'One record becomes several rows.')),
    ...when(!facts.isKeyed && plan.sink?.sink !== 'redact', point('performance', 2, `No condition names an event or a service, so it looks at every record of ${plan.table}.`)),
    ...when(!facts.isKeyed && plan.sink?.sink === 'redact', point('performance', 3, 'Every record is scanned for secrets.')),
    ...when((recordsPerSecond ?? 0) > 10_000, point('performance', (recordsPerSecond ?? 0) > 100_000 ? 2 : 1, `${whole(recordsPerSecond ?? 0)} records a second reach it.`)),
    ...when(bounds.cpuShare > 0.1, point('performance', 1, `Its budget lets it use ${Math.round(bounds.cpuShare * 100)} % of a core.`)),
  ];
}

const lifePoints = ({ expiresAfterMs, plan }: CompiledQuery | (CompiledMachine & { plan?: undefined })): readonly RiskPoint[] =>
  when(expiresAfterMs === null && plan?.sink?.sink !== 'redact', point('reliability', 1, 'It never ends by itself: someone must remember it.'));

/** Points of the actions that a machine may start: privacy, security, performance. */
const actionPoints: Readonly<Record<string, readonly [privacy: number, security: number, performance: number]>> = {
  'cpu-sample': [0, 1, 2], 'heap-sample': [3, 3, 2], 'memory-dump': [5, 5, 2], 'verbose-logs': [2, 1, 2], 'packet-capture': [5, 5, 2], 'collect-config': [2, 3, 0], 'collect-state': [2, 1, 1],
  'collect-files': [3, 4, 1], 'diagnostic-command': [3, 6, 1], 'collect-recorder': [2, 1, 0], 'start-recorder': [2, 1, 1], 'stop-recorder': [0, 1, 0], theme: [2, 1, 0],
};

export function machinePoints(rule: CompiledMachine, { recordsPerSecond }: RiskFacts): readonly RiskPoint[] {
  const { machine } = rule;
  const actions = [...new Set(machine.states.flatMap(({ enter }) => enter.map(({ action }) => action)))];
  const perHour = machine.limits.actions * (3_600e9 / Math.max(1, Number(machine.limits.perNanos)));
  return [
    ...actionsPoints(actions, perHour),
    ...when(machine.key.length > 0, point('performance', 1, `It keeps a machine for each ${machine.key.map(({ text }) => text).join(', ')}, ${whole(machine.limits.maxKeys)} at most.`)),
    point('performance', 2, 'Its guards are asked about each record that its event names and fields let through.'),
    ...when((recordsPerSecond ?? 0) > 10_000, point('performance', (recordsPerSecond ?? 0) > 100_000 ? 2 : 1, `${whole(recordsPerSecond ?? 0)} records a second reach it.`)),
    ...lifePoints(rule),
  ];
}

/** Of the kinds of actions that a rule may start. */
export const actionsPoints = (actions: readonly string[], perHour: number): readonly RiskPoint[] => [
  ...(actions.length === 0 ? [point('security', 0, 'It starts no action.')] : actions.flatMap(pointsOfAction)),
  ...when(actions.includes('memory-dump'), point('reliability', 4, 'A memory dump stops the process for as long as it is written.')),
  ...when(actions.some((action) => action !== 'theme'), point('cost', 2, 'Each action leaves an artifact to be stored.')),
  ...when(actions.includes('theme'), point('cost', 2, 'While a theme is on, its records are stored.')),
  ...when(perHour > 20 && actions.length > 0, point('reliability', 2, `Its limits allow ${whole(perHour)} actions an hour.`)),
];

function pointsOfAction(action: string): readonly RiskPoint[] {
  const [privacy, security, performance] = actionPoints[action] ?? [3, 6, 2];
  return [
    ...when(privacy > 0, point('privacy', privacy, `${action} may hold what users typed and what the process knows.`)), point('security', security, `It may start ${action}.`),
    ...when(performance > 0, point('performance', performance, `${action} takes time of the observed process.`)),
  ];
}
