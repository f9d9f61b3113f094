// Which rules have all the words that were typed, and where: in the name and what the list shows, or in the description, the
// targets, the text. Pure.
import type { RuleSummary } from '../../../../model/index.ts';

export interface FoundPlace { readonly where: string; /** What stands there, around the word. */ readonly before: string; readonly word: string; readonly after: string }
export interface FoundRule<R> { readonly rule: R; /** Places that the row itself does not show; few. */ readonly places: readonly FoundPlace[] }

type Searched = Pick<RuleSummary, 'id' | 'name' | 'description' | 'table' | 'sink' | 'kind' | 'targets'>;
const maxPlaces = 3;
const maxAround = 60;

/** @param texts by rule id; a rule whose text is not read yet is searched without it */
export function findRules<R extends Searched>(rules: readonly R[], find: string, texts: ReadonlyMap<string, string>): readonly FoundRule<R>[] {
  const words = find.toLowerCase().split(/\s+/).filter(word => word !== '');
  return rules.flatMap(rule => {
    const row = `${rule.name} ${rule.table} ${rule.sink} ${rule.kind}`.toLowerCase();
    const hidden = words.filter(word => !row.includes(word));
    const found = hidden.map(word => placeOf(rule, texts.get(rule.id) ?? '', word));
    return found.some(place => place === null) ? [] : [{ rule, places: distinct(found.filter(place => place !== null)).slice(0, maxPlaces) }];
  });
}

function placeOf({ description, targets }: Searched, text: string, word: string): FoundPlace | null {
  for (const [where, said] of [['description', description], ['targets', targets]] as const) {
    const place = around(where, said, word);
    if (place !== null) return place;
  }
  const lines = text.split('\n');
  const at = lines.findIndex(line => line.toLowerCase().includes(word));
  return at < 0 ? null : around(`text, line ${at + 1}`, lines[at]!.trim(), word);
}

function around(where: string, said: string, word: string): FoundPlace | null {
  const at = said.toLowerCase().indexOf(word);
  if (at < 0) return null;
  const [from, to] = [Math.max(0, at - maxAround), Math.min(said.length, at + word.length + maxAround)];
  return { where, before: `${from > 0 ? '…' : ''}${said.slice(from, at)}`, word: said.slice(at, at + word.length), after: `${said.slice(at + word.length, to)}${to < said.length ? '…' : ''}` };
}

/** One line that holds two of the words is said once. */
const distinct = (places: readonly FoundPlace[]): readonly FoundPlace[] => places.filter((place, i) => places.findIndex(({ where }) => where === place.where) === i);
