// What a miner knows, as a document: for its next start, and for other agents. Only what cannot be worked out again is in it: the
// templates with the slots that vary, and the ids they were known by.

/** 2: masks, addresses in brackets with a port and values that name their type are one value, the words of a request's route stay; 1 made other forms of the same lines. */
export const bookVersion = 2;

export interface BookEntry {
  /** The template's text; `<*>` is a wildcard. */
  readonly template: string;
  /** 32 bits; left out when 0. */
  readonly scope?: number;
  /** Which of the skeleton's slots vary, from 0; left out when none does. */
  readonly varying?: readonly number[];
  /** Ids that lead here, without the template's own; left out when there are none. */
  readonly aliases?: readonly string[];
}

/** JSON-able. The rules that normal forms are made by belong to the version: other rules, another version. */
export interface TemplateBook {
  readonly version: typeof bookVersion;
  readonly templates: readonly BookEntry[];
  /** Texts that are no templates any more, with slots that vary: lines still come by them on their way to one. */
  readonly passed: readonly BookEntry[];
}

/** Whether a document read from disk or the network is a book that this version understands. */
export function isTemplateBook(value: unknown): value is TemplateBook {
  if (typeof value !== 'object' || value === null) return false;
  const { version, templates, passed } = value as Partial<TemplateBook>;
  return version === bookVersion && Array.isArray(templates) && templates.every(isEntry) && Array.isArray(passed) && passed.every(isEntry);
}

function isEntry(value: unknown): value is BookEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { template, scope, varying, aliases } = value as Partial<BookEntry>;
  return typeof template === 'string' && (scope === undefined || Number.isInteger(scope))
    && (varying === undefined || (Array.isArray(varying) && varying.every((slot) => Number.isInteger(slot) && slot >= 0)))
    && (aliases === undefined || (Array.isArray(aliases) && aliases.every((one) => typeof one === 'string')));
}
