// The order in which rules run, and which rules get a new number when one is moved: as few others as possible.
import type { RuleSummary } from '../../../../model/index.ts';

type Ordered = Pick<RuleSummary, 'id' | 'name' | 'order' | 'sink'> & Partial<Pick<RuleSummary, 'kind' | 'state' | 'deployedVersion' | 'latestVersion'>>;
export interface NewOrder { readonly id: string; readonly order: number }

const maxOrder = 10_000;
/** Room left between two rules, so that the next one moved between them changes nobody else. */
const step = 10;

/** Redaction runs before all others, whatever its number. */
export const isRedaction = (rule: Pick<RuleSummary, 'sink'> & Partial<Pick<RuleSummary, 'kind'>>): boolean => rule.sink === 'redact' || rule.kind === 'redaction-policy';

/** As agents run them: redaction first, then by order; the same order by id, to the letter. */
export const inOrder = <R extends Pick<RuleSummary, 'id' | 'order' | 'sink'> & Partial<Pick<RuleSummary, 'kind'>>>(rules: readonly R[]): readonly R[] =>
  rules.toSorted((a, b) => Number(isRedaction(b)) - Number(isRedaction(a)) || a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Ids of rules whose place among others of the same order is settled by their id. */
export function tied(rules: readonly Ordered[]): ReadonlySet<string> {
  const groups = Map.groupBy(rules, (rule) => `${isRedaction(rule)} ${rule.order}`);
  return new Set([...groups.values()].flatMap((group) => (group.length < 2 ? [] : group.map(({ id }) => id))));
}

/** "Same order 100, settled by id: a runs first, then b." A sentence for each number that several rules have. */
export function tieWords(rules: readonly Ordered[]): readonly string[] {
  const groups = Map.groupBy(inOrder(rules), (rule) => `${isRedaction(rule)} ${rule.order}`);
  return [...groups.values()].filter((group) => group.length > 1).map((group) => {
    const [first, ...later] = group.map(({ name }) => name);
    const shown = later.slice(0, 4);
    return `same order ${group[0]!.order}, settled by id: ${first} runs first, then ${shown.join(', ')}${later.length > shown.length ? ` and ${later.length - shown.length} more` : ''}.`;
  });
}

/** "Same order as b: runs first by its id (…)." Null where no other rule has the number. */
export function tieOf(rules: readonly Ordered[], rule: Ordered): string | null {
  const group = inOrder(rules).filter((one) => one.order === rule.order && isRedaction(one) === isRedaction(rule));
  const others = group.filter(({ id }) => id !== rule.id).map(({ name }) => name);
  if (others.length === 0) return null;
  const at = group.findIndex(({ id }) => id === rule.id);
  const place = at === 0 ? 'runs first' : at === group.length - 1 ? 'runs last' : `runs after ${group[at - 1]!.name}`;
  return `Same order as ${others.slice(0, 4).join(', ')}${others.length > 4 ? ` and ${others.length - 4} more` : ''}: ${place} by its id (${rule.id})`;
}

/** A rule that runs at an older version than its latest: a new number would deploy what was saved since. */
const holdsEdits = ({ state, deployedVersion, latestVersion }: Ordered): boolean => state === 'deployed' && deployedVersion !== latestVersion;

/** Why a rule cannot stand at a place, in a sentence; null when it can. */
export function whyNotThere(rules: readonly Ordered[], id: string, before: string | null): string | null {
  const rule = rules.find((one) => one.id === id);
  const next = rules.find((one) => one.id === before);
  if (rule === undefined || rule.id === before) return null;
  if (next !== undefined && isRedaction(next) && !isRedaction(rule)) return 'Redaction always runs first: nothing can be moved in front of it.';
  // In front of the first rule that is none, it is the last of redaction.
  if (isRedaction(rule) && inOrder(rules).find((one) => !isRedaction(one))?.id !== next?.id && (next === undefined || !isRedaction(next))) return 'Redaction always runs first.';
  const stuck = fewestChanges(wantedOrder(rules, rule, before), id).find(({ id: changed }) => holdsEdits(rules.find((one) => one.id === changed)!));
  const name = rules.find((one) => one.id === stuck?.id)?.name;
  return name === undefined ? null : `${name} would need a new order, and it has a newer version that is not deployed: deploy that version first, or move another rule.`;
}

/** New numbers when `id` is put in front of `before` (null: at the end) of `rules` as they run now; empty when nothing changes. */
export function moved(rules: readonly Ordered[], id: string, before: string | null): readonly NewOrder[] {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined || id === before || whyNotThere(rules, id, before) !== null ? [] : fewestChanges(wantedOrder(rules, rule, before), id);
}

/** The rules of its half, redaction or not, as they shall run. */
function wantedOrder(rules: readonly Ordered[], rule: Ordered, before: string | null): readonly Ordered[] {
  const others = inOrder(rules).filter((one) => one.id !== rule.id && isRedaction(one) === isRedaction(rule));
  const at = before === null ? -1 : others.findIndex((one) => one.id === before);
  return at < 0 ? [...others, rule] : others.toSpliced(at, 0, rule);
}

/** What renumbering a rule costs. The one that was moved costs least, one that cannot be renumbered most. */
const costOf = (rule: Ordered, movedId: string): number => (holdsEdits(rule) ? 1_000_000 : rule.id === movedId ? 0.5 : 1);

/** Keeps the numbers of the dearest set of rules that can keep theirs, with room between for all others. */
function fewestChanges(wanted: readonly Ordered[], movedId: string): readonly NewOrder[] {
  const total = wanted.length;
  const cheapest = Array.from({ length: total + 1 }, () => Infinity);
  const keptBefore = Array.from({ length: total + 1 }, () => -1);
  // Place -1 is the start, place `total` the end; both stay where they are.
  for (let from = -1; from < total; from++) {
    const base = from < 0 ? 0 : cheapest[from]!;
    if (base === Infinity) continue;
    let low = from < 0 ? { order: 0, id: '' } : wanted[from]!;
    let cost = base;
    for (let to = from + 1; to <= total; to++) {
      if (fits(low, wanted[to]) && cost < cheapest[to]!) { cheapest[to] = cost; keptBefore[to] = from; }
      if (to === total) break;
      low = lowestAfter(low, wanted[to]!.id);
      cost += costOf(wanted[to]!, movedId);
    }
  }
  return numbersBetween(wanted, keptBefore);
}

interface Place { readonly order: number; readonly id: string }
const runsBefore = (a: Place, b: Place): boolean => a.order < b.order || (a.order === b.order && a.id < b.id);
const fits = (low: Place, kept: Place | undefined): boolean => (kept === undefined ? low.order <= maxOrder : runsBefore(low, kept));
/** The lowest place behind `low` for a rule with this id. */
const lowestAfter = (low: Place, id: string): Place => ({ order: low.id < id ? low.order : low.order + 1, id });

function numbersBetween(wanted: readonly Ordered[], keptBefore: readonly number[]): readonly NewOrder[] {
  const changes: NewOrder[] = [];
  for (let to = wanted.length; to >= 0; to = keptBefore[to]!) {
    const from = keptBefore[to]!;
    changes.unshift(...spread(wanted.slice(from + 1, to), wanted[from], wanted[to]));
  }
  return changes.filter(({ id, order }) => wanted.find((one) => one.id === id)!.order !== order);
}

/** Numbers for the rules between two that keep theirs: with even room where there is any, else packed, equal numbers by id. */
function spread(rules: readonly Ordered[], low: Place | undefined, high: Place | undefined): readonly NewOrder[] {
  const [first, last] = [low?.order ?? -1, high?.order ?? Math.min(maxOrder + 1, (low?.order ?? -1) + step * (rules.length + 1))];
  const gap = (last - first) / (rules.length + 1);
  if (gap >= 1) return rules.map(({ id }, i) => ({ id, order: Math.floor(first + gap * (i + 1)) }));
  let place = low ?? { order: 0, id: '' };
  return rules.map(({ id }) => { place = lowestAfter(place, id); return { id, order: place.order }; });
}
