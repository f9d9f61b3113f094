// Quick fixes while a text is analysed: what the menu says and the edits that do it, in the parser's offsets.
import type { Span } from './diagnostics.ts';

export interface Edit { readonly start: number; readonly end: number; readonly text: string }
/** Edits in order of place, without overlap. */
export interface Fix { readonly title: string; readonly edits: readonly Edit[] }

const shown = (text: string): string => { const line = text.trim().replace(/\s+/g, ' '); return line.length > 60 ? `${line.slice(0, 57)}…` : line; };

export const replaceWith = ({ start, end }: Span, text: string, title = `Write ${shown(text)}`): Fix => ({ title, edits: [{ start, end, text }] });
export const insertAt = (at: number, text: string, title = `Write ${shown(text)}`): Fix => replaceWith({ start: at, end: at }, text, title);
/** Brackets or a call around what stands there. */
export const wrapIn = ({ start, end }: Span, before: string, after: string, title: string): Fix => ({ title, edits: [{ start, end: start, text: before }, { start: end, end, text: after }] });

/** One fix for a guess, none when there is no guess. */
export const guessed = (at: Span, guess: string | undefined): readonly Fix[] => (guess === undefined ? [] : [replaceWith(at, guess)]);

/** Takes out an operator with the pipe in front of it. */
export function removeOperator(full: string, { start, end }: Span, keyword: string): Fix {
  const pipe = full.lastIndexOf('|', start);
  return { title: `Leave ${keyword} out`, edits: [{ start: pipe === -1 ? start : full.slice(0, pipe).trimEnd().length, end, text: '' }] };
}
