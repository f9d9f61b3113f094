// Completion inside `event("…")` and `field("…")`: the names that the catalogue knows, which only the page can ask for. Pure.
import { kqlString, type KqlCompletion, type LiveField } from '../../../kql/index.ts';

export interface KnownName { readonly name: string; readonly detail: string; readonly documentation: string }
/** What is known of names: `events` is asked for those that fit what is begun, the likeliest first. */
export interface KnownNames { readonly events: (begun: string) => Promise<readonly KnownName[]>; /** Former and present names of attributes that were renamed. */ readonly fields: () => Promise<readonly string[]> }

const inCall = /(?<![\w.])(event|field)\(\s*(?:(["'])((?:[^"'\\\n]|\\.)*))?$/;

/** The names, whole with their quotes; null where none is being written, or none is known. */
export async function nameItems(text: string, offset: number, known: KnownNames | null, live: readonly LiveField[]): Promise<readonly KqlCompletion[] | null> {
  const match = inCall.exec(text.slice(Math.max(0, offset - 1100), offset));
  if (match === null) return null;
  const [, fn, quote, begun = ''] = match;
  const names = fn === 'field' ? fieldNames(await known?.fields().catch(() => []) ?? [], live) : await known?.events(begun).catch(() => []) ?? [];
  if (names.length === 0) return null;
  const start = offset - (quote === undefined ? 0 : begun.length + 1);
  const end = offset + (quote === undefined ? 0 : /^[^"'\n)]*["']?/.exec(text.slice(offset))?.[0].length ?? 0);
  return names.map(({ name, detail, documentation }) => ({ label: name, insertText: kqlString(name), kind: 'value', detail, documentation, start, end, cursor: kqlString(name).length }));
}

/** Attributes of live records, those of most records first, then names from before. */
function fieldNames(known: readonly string[], live: readonly LiveField[]): readonly KnownName[] {
  const seen = live.filter(({ column }) => column === 'Attributes').toSorted((a, b) => b.presence - a.presence || (a.name < b.name ? -1 : 1));
  const names = new Set(seen.map(({ name }) => name));
  const renamed = known.filter((name) => !names.has(name)).toSorted();
  return [...seen.map(({ name, type }) => ({ name, detail: `attribute, ${type}`, documentation: '' })), ...renamed.map((name) => ({ name, detail: 'attribute, renamed', documentation: '' }))];
}
