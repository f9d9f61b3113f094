// From aliases to the book that names are written out with: every name to all names that mean the same. Pure.
import { meaningsOf } from '../../../kql/index.ts';
import type { Alias, NameBook, NameMeaning } from '../../../model/index.ts';

export type Link = Pick<Alias, 'kind' | 'former' | 'current' | 'service'>;
type Neighbours = ReadonlyMap<string, readonly NameMeaning[]>;

/** An id of a template that was generalised, and the id that its lines have now. */
export interface MinedLink { readonly former: string; readonly current: string }

/** Of active aliases, and of mined ids that lead to others. Names that are linked, over however many steps, mean the same; the newest name of a group
 *  is first. A mined id means what its lines are called now, and itself; the other way round there may be thousands, which no rule needs: every
 *  agent hears of a generalised template within seconds. */
export function nameBookOf(aliases: readonly (Link & Pick<Alias, 'state'>)[], mined: readonly MinedLink[] = []): NameBook {
  const active = aliases.filter(({ state }) => state === 'active');
  const events = meanings(active.filter(({ kind }) => kind === 'event'));
  const successors = successorsOf(mined);
  const ids = mined.map(({ former }): [string, NameMeaning[]] => {
    const current = endOf(former, successors);
    const all = [...meaningsOf(events, current), ...meaningsOf(events, former)];
    return [former, withoutDoubles(all)];
  });
  return { events: { ...events, ...Object.fromEntries(ids) }, fields: meanings(active.filter(({ kind }) => kind === 'field')) };
}

/** A name that holds everywhere needs no service beside it. */
function withoutDoubles(all: readonly NameMeaning[]): NameMeaning[] {
  const everywhere = new Set(all.flatMap(({ name, service }) => (service === null ? [name] : [])));
  const seen = new Set<string>();
  return all.filter(({ name, service }) => (service === null || !everywhere.has(name)) && !seen.has(`${service ?? ''}\n${name}`) && seen.add(`${service ?? ''}\n${name}`));
}

function meanings(links: readonly Link[]): Record<string, readonly NameMeaning[]> {
  const next = new Map<string, NameMeaning[]>();
  const join = (from: string, name: string, service: string | null): void => { (next.get(from) ?? next.set(from, []).get(from)!).push({ name, service }); };
  for (const { former, current, service } of links) { join(former, current, service); join(current, former, service); }
  const successors = successorsOf(links);
  const found = new Map<string, readonly NameMeaning[]>();
  for (const name of next.keys()) if (!found.has(name)) for (const [one, all] of ofGroup(groupOf(name, next), next, successors)) found.set(one, all);
  return Object.fromEntries(found);
}

/** Names that a name means besides itself: past them, those nearest to what it is called now. */
export const mostMeanings = 100;

/** All that are linked, in whatever service. */
function groupOf(name: string, next: Neighbours): ReadonlySet<string> {
  const group = new Set([name]);
  for (const one of group) for (const link of next.get(one) ?? []) group.add(link.name);
  return group;
}

/** A group with one newest name, whose links all hold in one service or everywhere, has one list, which its names share: each of them means itself
 *  besides, wherever it occurs (`meaningsOf`). In any other group each name has its own. */
function* ofGroup(group: ReadonlySet<string>, next: Neighbours, successors: Successors): Generator<readonly [name: string, all: readonly NameMeaning[]]> {
  const ends = [...group].filter((name) => !successors.has(name));
  const services = new Set([...group].flatMap((name) => next.get(name)!.map(({ service }) => service)));
  if (ends.length === 1 && services.size === 1) {
    const [service = null] = services;
    const all = inOrder(reachable(ends[0]!, next).map(({ name }) => ({ name, service })), ends[0]!);
    for (const name of group) yield [name, all];
  } else {
    for (const name of group) yield [name, inOrder(reachable(name, next), endOf(name, successors))];
  }
}

/** The newest first. */
const inOrder = (all: readonly NameMeaning[], current: string): NameMeaning[] =>
  all.toSorted((a, b) => Number(b.name === current) - Number(a.name === current) || (a.name < b.name ? -1 : a.name > b.name ? 1 : (a.service ?? '') < (b.service ?? '') ? -1 : 1));

/** Breadth first, each name with each service that a way there is for; a way of two services leads nowhere. */
function reachable(name: string, next: Neighbours): NameMeaning[] {
  const found = new Map<string, NameMeaning>([[`\n${name}`, { name, service: null }]]);
  for (const { name: from, service } of found.values()) {
    for (const link of next.get(from) ?? []) {
      if (found.size >= mostMeanings) return withoutDoubles([...found.values()]);
      if (service !== null && link.service !== null && service !== link.service) continue;
      const there = { name: link.name, service: service ?? link.service };
      const key = `${there.service ?? ''}\n${there.name}`;
      if (!found.has(key) && !found.has(`\n${there.name}`)) found.set(key, there);
    }
  }
  return withoutDoubles([...found.values()]);
}

/** What a name is called now: aliases followed to their end. A name with several successors takes the first by name. */
export const currentOf = (name: string, links: readonly Pick<Link, 'former' | 'current'>[]): string => endOf(name, successorsOf(links));

type Successors = ReadonlyMap<string, readonly string[]>;
const successorsOf = (links: readonly Pick<Link, 'former' | 'current'>[]): Successors =>
  new Map([...Map.groupBy(links, ({ former }) => former)].map(([former, to]) => [former, to.map(({ current }) => current).sort()]));

function endOf(name: string, successors: Successors): string {
  const seen = new Set<string>();
  let current = name;
  for (;;) {
    seen.add(current);
    const next = successors.get(current)?.find((to) => !seen.has(to));
    if (next === undefined) return current;
    current = next;
  }
}

/** Whether a name would become its own former name, over however many steps: in one service, for ways of two services lead nowhere. */
export function closesCircle(links: readonly Omit<Link, 'kind'>[], { former, current, service }: Omit<Link, 'kind'>): boolean {
  const from = Map.groupBy(links, (link) => link.former);
  const seen = new Map<string, NameMeaning>([[JSON.stringify([current, service]), { name: current, service }]]);
  for (const one of seen.values()) {
    if (one.name === former) return true;
    for (const link of from.get(one.name) ?? []) {
      if (one.service !== null && link.service !== null && one.service !== link.service) continue;
      const there = { name: link.current, service: one.service ?? link.service };
      seen.set(JSON.stringify([there.name, there.service]), there);
    }
  }
  return false;
}
