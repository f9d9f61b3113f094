// Which rules take records away from which: found in the rules themselves, before anything runs. Says `never` only where it is
// sure; `some` where two rules name the same event or service, or where one names none and so reads broadly. Two that name
// different things (one an event, the other a service) may still meet: that is not known, and not said.
import { noNames, resolveNames, type Expr, type Plan, type Sink } from '../../kql/index.ts';
import { planOf } from '../dry-run/index.ts';
import type { CompiledPolicyRule, CompiledQuery, CompiledRule, RuleConflict } from '../types.ts';
import { fixedTexts, implied, opposite, partsOf } from './implies.ts';
import { conjuncts, predicateOf, textOf, type Predicate } from './predicate.ts';

/** A rule as it runs beside others, known by its id: of versions that run, two may have one name. `shadow` rules take nothing away. */
export type ConflictRule = CompiledRule & { readonly id: string; readonly shadow?: boolean };

/** What a rule does to records that later rules would see. `%` stands for how many. */
interface Taking { readonly whole: boolean; readonly words: string }
type OrderedRule = (CompiledQuery | CompiledPolicyRule) & Pick<ConflictRule, 'id' | 'shadow'>;
/** `takes` null: it lets all pass. */
interface Reader { readonly rule: OrderedRule; readonly plan: Plan; readonly takes: Taking | null; readonly match: Predicate; readonly targets: Predicate }

/** Which rule loses records to which. Equal `order` is settled by id, as agents do. Names of events and fields mean what they say: who knows of
 *  renames writes them out first (`resolveNames`). */
export function conflictsOf(rules: readonly ConflictRule[]): readonly RuleConflict[] {
  const ordered = rules.map((rule) => resolveNames(rule, noNames)).filter((rule) => rule.kind === 'query' || rule.kind === 'redaction-policy').toSorted(runsBefore).map(reader);
  // A policy loses nothing that it would have hidden: what another one dropped is gone.
  return ordered.flatMap((later, index) => (later.rule.kind === 'query' ? conflictsFor(later, ordered.slice(0, index)) : []));
}

const redacts = (rule: OrderedRule): boolean => planOf(rule).sink?.sink === 'redact';

/** Redaction first, then by order, then by id: as the pipeline does. */
const runsBefore = (a: OrderedRule, b: OrderedRule): number => Number(redacts(b)) - Number(redacts(a)) || a.order - b.order || (a.id < b.id ? -1 : 1);

const reader = (rule: OrderedRule): Reader => ({ rule, plan: planOf(rule), takes: rule.kind === 'query' ? takesAway(rule.plan.sink) : takenBy(rule), match: predicateOf(planOf(rule)), targets: rule.targets === null ? { conditions: [], exact: true } : predicateOf(rule.targets) });
const conditionsOf = ({ plan, match, targets }: Reader): readonly Expr[] => {
  const conditions = [...match.conditions, ...targets.conditions];
  return plan.table === 'Logs' ? [...conditions, ...conditions.flatMap(durableIdOf)] : conditions;
};

/** A log record's durable id is its event name where it has one: who names the event names the durable id. */
function durableIdOf(condition: Expr): readonly Expr[] {
  if (condition.k !== 'call' || (condition.fn !== '==' && condition.fn !== 'in')) return [];
  const [column, ...values] = condition.args;
  const isName = column?.k === 'column' && column.name === 'EventName' && values.every((value) => value.k === 'literal' && typeof value.value === 'string' && value.value !== '');
  return isName ? [{ ...condition, args: [{ ...column, name: 'DurableId' }, ...values] }] : [];
}

function conflictsFor(later: Reader, earlier: readonly Reader[]): readonly RuleConflict[] {
  const found: RuleConflict[] = [];
  for (const [index, one] of earlier.entries()) {
    const { takes } = one;
    if (takes === null || one.rule.shadow === true || one.rule.location !== later.rule.location || !tablesMeet(one.plan, later.plan)) continue;
    const [name, by] = [later.rule.name, `${one.rule.name}, which runs before it, ${takes.words}`];
    const all = takesAll(one, later, earlier.slice(index + 1));
    if (all && takes.whole) return [conflict(later, one, 'never', `${name} never sees a record: ${by.replace('%', 'them all')}.`)];
    if (all || mayMeet(one, later)) found.push(conflict(later, one, 'some', `${name} sees only a part of its records: ${by.replace('%', all ? 'them' : 'some of them')}.`));
  }
  return found;
}

const conflict = (later: Reader, earlier: Reader, level: RuleConflict['level'], message: string): RuleConflict => ({ id: later.rule.id, withId: earlier.rule.id, rule: later.rule.name, withRule: earlier.rule.name, level, message });

/** A policy may drop a record for what is found in it. */
function takenBy({ policy }: CompiledPolicyRule): Taking | null {
  const drops = policy.mode === 'drop' || policy.entries.some((entry) => entry.do === 'drop');
  return drops ? { whole: false, words: 'drops those of % in which it finds what must not pass' } : null;
}

function takesAway(sink: Sink | null): Taking | null {
  switch (sink?.sink) {
    case 'drop': return { whole: true, words: 'drops %' };
    case 'to_metric': return sink.keep ? null : { whole: true, words: 'turns % into a metric' };
    case 'record': return sink.tee ? null : { whole: true, words: `diverts % into the recorder ${sink.recorder}` };
    case 'route': return { whole: true, words: `routes % to ${sink.exporter}` };
    case 'dedup': return { whole: true, words: 'holds % for deduplication' };
    case 'sample': return sink.ratio < 1 ? { whole: false, words: `keeps only ${shareText(sink.ratio)} of %` } : null;
    default: return null;
  }
}

const shareText = (ratio: number): string => `${Number((ratio * 100).toPrecision(3))} percent`;

const tablesMeet = (a: Plan, b: Plan): boolean => a.table === b.table || a.table === 'source' || b.table === 'source';
const tableCovers = (a: Plan, b: Plan): boolean => a.table === b.table || a.table === 'source';

/** Every record that the later rule could match fulfils the earlier rule's conditions, and did so when that one looked. */
function takesAll(earlier: Reader, later: Reader, between: readonly Reader[]): boolean {
  if (!earlier.match.exact || !earlier.targets.exact || !tableCovers(earlier.plan, later.plan)) return false;
  const given = conditionsOf(later);
  const wanted = conditionsOf(earlier);
  // A rule in between that changes records may make one that the earlier rule let pass into one that the later matches.
  if (wanted.length > 0 && between.some(({ rule, plan }) => plan.sink?.sink === 'update' && rule.shadow !== true)) return false;
  if (isContradiction(given)) return false;
  return wanted.every((condition) => implied(given, condition));
}

/** Columns by which people name what they mean. */
const nameColumns: ReadonlySet<string> = new Set(['EventName', 'ServiceName', 'DurableId', 'Name', 'MetricName'].map((name) => `[${name}]`));

/** Nothing tells the records of the two apart, and they name the same, or one of them names nothing. */
function mayMeet(a: Reader, b: Reader): boolean {
  const [one, other] = [namesOf(a), namesOf(b)];
  const given = [conditionsOf(a), conditionsOf(b)] as const;
  if (given.some(isContradiction) || apart(given[0], given[1]) || apart(given[1], given[0])) return false;
  const shared = [...one.keys()].filter((term) => other.has(term));
  return shared.length > 0 || one.size === 0 || other.size === 0;
}

/** Whoever fulfils `given` fails one of `conditions`. */
const apart = (given: readonly Expr[], conditions: readonly Expr[]): boolean =>
  isContradiction([...given, ...conditions]) || conditions.some((condition) => {
    const not = opposite(condition);
    return (not !== null && implied(given, not)) || (partsOf(condition, 'or')?.every((part) => isContradiction([...given, ...conjuncts(part)])) ?? false);
  });

function namesOf(reader: Reader): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const condition of conditionsOf(reader)) {
    for (const { term, texts } of fixedTexts(condition)) {
      const known = names.get(term);
      if (nameColumns.has(term)) names.set(term, known === undefined ? texts : known.filter((text) => texts.includes(text)));
    }
  }
  return names;
}

/** Two different fixed texts for one field: the rule matches nothing by itself, and no other rule is to blame. */
function isContradiction(given: readonly Expr[]): boolean {
  const fixed = given.flatMap(fixedTexts);
  return fixed.some((a) => fixed.some((b) => a.term === b.term && !a.texts.some((text) => b.texts.includes(text)))) || given.some((one) => conjuncts(one).some((part) => textOf(part) === 'bool:false'));
}
