// A book of names as it is sent: names that mean the same share one list, so that a thousand names of one thing are a thousand pairs and one list.
import type { NameBook, NameGroups, NameMeaning } from '../model/index.ts';

export function toGroups({ events, fields }: NameBook): NameGroups {
  const groups = new Map<readonly NameMeaning[], number>();
  const placed = (names: NameBook['events']): [string, number][] => Object.entries(names).map(([name, all]) => {
    if (!groups.has(all)) groups.set(all, groups.size);
    return [name, groups.get(all)!];
  });
  const [ofEvents, ofFields] = [placed(events), placed(fields)];
  return { groups: [...groups.keys()].map((all) => [...all]), events: ofEvents, fields: ofFields };
}

export function fromGroups({ groups, events, fields }: NameGroups): NameBook {
  const of = (pairs: NameGroups['events']): NameBook['events'] => Object.fromEntries(pairs.map(([name, at]) => [name, groups[at] ?? []]));
  return { events: of(events), fields: of(fields) };
}
