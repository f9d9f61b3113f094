// Diagnostics on their way to a person: the binder's own, with help in our words, and a collector for those that Weir finds itself.
import type { KqlDiagnostic, QuickFix } from '../../model/index.ts';
import type { Fix } from './fixes.ts';
import type { Mistake } from './mistakes.ts';
import { inPlainWords, type Said } from './plain-words.ts';
import type { KustoDiagnostic, KustoNode } from './port.ts';
import { toText, unalias, type Source } from './source.ts';

export const unknownName = 'KS142';
export const argumentsMissing = 'KS117';
const severities: Readonly<Record<string, KqlDiagnostic['severity']>> = { Error: 'error', Warning: 'warning' };

/** Edits with the parser's offsets, as a quick fix with the person's. Null when an edit would touch what we put in front ourselves. */
function placed({ title, edits }: Fix, source: Source): QuickFix | null {
  if (edits.some(({ start, end }) => start < source.shift || end - source.shift > source.text.length)) return null;
  return { title, edits: edits.map(({ start, end, text }) => ({ start: start - source.shift, end: end - source.shift, text })) };
}

function fixesOf(fixes: readonly Fix[] | undefined, source: Source): { readonly fixes?: QuickFix[] } {
  const all = (fixes ?? []).flatMap((fix) => placed(fix, source) ?? []);
  return all.length === 0 ? {} : { fixes: all };
}

/** An error of the parser or binder in our words where we have them. `known`: the names that could have been meant, and the text around. */
export function fromBinder(diagnostic: KustoDiagnostic, source: Source, known: Pick<Said, 'columns' | 'absent' | 'tables' | 'all' | 'mode' | 'implicit'>): KqlDiagnostic {
  const start = toText(source, diagnostic.Start);
  const end = Math.max(start, toText(source, diagnostic.End));
  const said = unalias(diagnostic.Message).trim();
  const message = /[.!?:]$/.test(said) ? said : `${said}.`;
  const words = inPlainWords({ code: diagnostic.Code, message, about: source.text.slice(start, end), at: diagnostic.Start, end: diagnostic.End, ...known });
  const { help } = words ?? {};
  return { severity: severities[diagnostic.Severity] ?? 'hint', code: diagnostic.Code, message: words?.message ?? message, start, end, ...(help === undefined ? {} : { help }), ...fixesOf(words?.fixes, source) };
}

/** A mistake that Weir recognises itself, at its place in the person's text. */
export function fromMistake({ start, end, code, message, help, fixes }: Mistake, source: Source): KqlDiagnostic {
  return { severity: 'error', code, message, start: toText(source, start), end: toText(source, end), help, ...fixesOf(fixes, source) };
}

/** Collects what lowering finds. Offsets in are the parser's; offsets out are the person's. */
export class Problems {
  readonly #source: Source;
  readonly #found: KqlDiagnostic[] = [];
  constructor(source: Source) { this.#source = source; }

  error(at: Span, code: string, message: string, help?: string, fixes?: readonly Fix[]): void { this.#add('error', at, code, message, help, fixes); }
  warn(at: Span, code: string, message: string, help?: string, fixes?: readonly Fix[]): void { this.#add('warning', at, code, message, help, fixes); }
  hint(at: Span, code: string, message: string, help?: string, fixes?: readonly Fix[]): void { this.#add('hint', at, code, message, help, fixes); }

  get list(): readonly KqlDiagnostic[] { return this.#found; }
  get failed(): boolean { return this.#found.some(({ severity }) => severity === 'error'); }

  #add(severity: KqlDiagnostic['severity'], at: Span, code: string, message: string, help: string | undefined, fixes: readonly Fix[] | undefined): void {
    const start = toText(this.#source, at.start);
    this.#found.push({ severity, code, message, start, end: Math.max(start, toText(this.#source, at.end)), ...(help === undefined ? {} : { help }), ...fixesOf(fixes, this.#source) });
  }
}

export interface Span { readonly start: number; readonly end: number }
export const spanOf = (node: KustoNode): Span => ({ start: node.TextStart, end: node.End });
