// Templates in messages of bounded size: what agents and the server send each other of their books.
import { maxTemplateMessageBytes, templateBookVersion } from './event.ts';

interface Entry { readonly template: string; readonly aliases?: readonly string[] | undefined; readonly varying?: readonly number[] | undefined }

/** Of its own type, not of any number. */
const version: typeof templateBookVersion = templateBookVersion;
/** Of an entry without its texts. */
const entryBytes = 60;

/** As messages: at least one entry in each, at most `maxBytes` of JSON where an entry is smaller than that. */
export function templateMessages<T extends Entry>({ templates, passed }: { readonly templates: readonly T[]; readonly passed: readonly T[] }, maxBytes = maxTemplateMessageBytes): { readonly version: typeof templateBookVersion; readonly templates: readonly T[]; readonly passed: readonly T[] }[] {
  return [...pieces(templates, maxBytes).map((piece) => ({ version, templates: piece, passed: [] })), ...pieces(passed, maxBytes).map((piece) => ({ version, templates: [], passed: piece }))];
}

function pieces<T extends Entry>(entries: readonly T[], maxBytes: number): readonly T[][] {
  const found: T[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    // Three bytes a character at the most, in UTF-8.
    const size = entryBytes + 3 * entry.template.length + 21 * (entry.aliases?.length ?? 0) + 6 * (entry.varying?.length ?? 0);
    if (bytes + size > maxBytes) { found.push([]); bytes = 0; }
    found.at(-1)!.push(entry);
    bytes += size;
  }
  return found;
}
