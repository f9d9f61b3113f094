// Diagnostics on their way to a person: the binder's own, with help in our words, and a collector for those that Weir finds itself.
import type { KqlDiagnostic } from '../../model/index.ts';
import { sinkByName, sinks, sinkSignature } from '../catalogue/sinks.ts';
import { operatorByName } from '../catalogue/operators.ts';
import { nearest } from '../nearest.ts';
import type { KustoDiagnostic, KustoNode } from './port.ts';
import { toText, unalias, type Source } from './source.ts';

export const unknownName = 'KS142';
export const argumentsMissing = 'KS117';
const unknownFunction = 'KS211';
const wrongArgumentCount = 'KS119';
/** A misspelt operator: what the parser says behind it is about words it could not place. */
export const operatorExpected = 'KS176';
/** Codes with which the binder refuses a dynamic value: summable, orderable, groupable, of another type. */
const typeCodes = new Set(['KS107', 'KS116', 'KS127', 'KS138', 'KS141', 'KS206']);

const severities: Readonly<Record<string, KqlDiagnostic['severity']>> = { Error: 'error', Warning: 'warning' };

/** `columns` are the names that could have been meant. */
export function fromBinder(diagnostic: KustoDiagnostic, source: Source, columns: readonly string[]): KqlDiagnostic {
  const start = toText(source, diagnostic.Start);
  const end = Math.max(start, toText(source, diagnostic.End));
  const help = helpFor(diagnostic.Code, source.text.slice(start, end), columns);
  const message = unalias(diagnostic.Message).trim();
  return { severity: severities[diagnostic.Severity] ?? 'hint', code: diagnostic.Code, message: /[.!?:]$/.test(message) ? message : `${message}.`, start, end, ...(help === undefined ? {} : { help }) };
}

function helpFor(code: string, about: string, columns: readonly string[]): string | undefined {
  if (code === unknownName) {
    const guess = nearest(about, columns);
    return guess === undefined ? `Known here: ${columns.slice(0, 12).join(', ')}.` : `Did you mean ${guess}?`;
  }
  if (code === unknownFunction) {
    const guess = nearest(about, sinks.map(({ name }) => name));
    if (about === 'dedup') return 'Keep a share with sample(), or count what repeats with summarize and to_metric().';
    return guess === undefined ? `Sinks are ${sinks.map(sinkSignature).join(', ')}.` : `Did you mean ${guess}?`;
  }
  if (code === operatorExpected) {
    const guess = about === '' ? undefined : nearest(about, [...operatorByName.keys()]);
    return guess === undefined ? 'After the pipe comes an operator: where, extend, summarize, invoke, …' : `Did you mean ${guess}?`;
  }
  const sink = sinkByName.get(about);
  if (code === wrongArgumentCount && sink !== undefined) return `Write ${sink.example}. Arguments: ${sinkSignature(sink)}.`;
  if (typeCodes.has(code)) return 'A value from a bag such as Attributes, or of a field whose type is not known, is dynamic. Convert it first: tostring(x), tolong(x), toreal(x), tobool(x) or totimespan(x).';
  return undefined;
}

/** Collects what lowering finds. Offsets in are the parser's; offsets out are the person's. */
export class Problems {
  readonly #source: Source;
  readonly #found: KqlDiagnostic[] = [];
  constructor(source: Source) { this.#source = source; }

  error(at: Span, code: string, message: string, help?: string): void { this.#add('error', at, code, message, help); }
  warn(at: Span, code: string, message: string, help?: string): void { this.#add('warning', at, code, message, help); }
  hint(at: Span, code: string, message: string, help?: string): void { this.#add('hint', at, code, message, help); }

  get list(): readonly KqlDiagnostic[] { return this.#found; }
  get failed(): boolean { return this.#found.some(({ severity }) => severity === 'error'); }

  #add(severity: KqlDiagnostic['severity'], at: Span, code: string, message: string, help: string | undefined): void {
    const start = toText(this.#source, at.start);
    this.#found.push({ severity, code, message, start, end: Math.max(start, toText(this.#source, at.end)), ...(help === undefined ? {} : { help }) });
  }
}

export interface Span { readonly start: number; readonly end: number }
export const spanOf = (node: KustoNode): Span => ({ start: node.TextStart, end: node.End });
