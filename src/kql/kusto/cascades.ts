// Of all that the binder says about a text, what a person can use: one error for one mistake.
import type { CompileMode } from '../language.ts';
import { before, from, lexemes, type Lexeme } from './lexemes.ts';
import { regionsOf, type Mistake, type Region } from './mistakes.ts';
import type { KustoDiagnostic } from './port.ts';

/** Independent errors of meaning (an unknown function, a wrong type) that one operator may show at once. */
const maxPerRegion = 3;
/** Codes of the parser, as against the binder's. Behind the first of an operator it is guessing. */
const syntaxCodes = new Set(['KS001', 'KS002', 'KS005', 'KS006', 'KS174', 'KS176', 'KS198']);

export interface Kept {
  readonly lexemes: readonly Lexeme[]; readonly mistakes: readonly Mistake[]; readonly diagnostics: readonly KustoDiagnostic[];
  /** The operator at this offset was read as it is meant: what lowering finds there is true. */
  readonly sound: (offset: number) => boolean;
}

/** Mistakes that we can name come first; then the first syntax error of an operator; then errors of meaning. Behind a place where the parser
 *  lost the pipe, or where a string begins and ends, no column is known, so nothing that it says from there on counts. */
export function withoutCascades(full: string, diagnostics: readonly KustoDiagnostic[], mode: CompileMode): Kept {
  const all = lexemes(full);
  const regions = regionsOf(full, all, diagnostics, mode);
  const mistakes = regions.flatMap(({ mistake }) => (mistake === undefined ? [] : [mistake]));
  const strings = mistakes.filter(({ code }) => code === 'weir/open-string' || code === 'weir/escape');
  const lost = Math.min(...diagnostics.filter(losesPipe).map(({ Start }) => Start), ...strings.map(({ start }) => start), Infinity);
  const bracket = mistakes.find(({ code }) => code === 'weir/bracket');
  const kept = new Map<Region, KustoDiagnostic[]>();
  for (const diagnostic of diagnostics.toSorted((a, b) => a.Start - b.Start)) {
    const region = regionAt(regions, all, diagnostic);
    if (region.mistake !== undefined || diagnostic.Start > lost || (bracket !== undefined && (diagnostic.Start >= bracket.start || losesBracket(diagnostic)))) continue;
    if (losesPipe(diagnostic) && mistakes.some(({ start }) => start === from(all, diagnostic.Start)?.start)) continue;
    kept.set(region, [...(kept.get(region) ?? []), diagnostic]);
  }
  const broken = new Set(regions.filter((region) => region.mistake !== undefined || kept.get(region)?.some(({ Code }) => syntaxCodes.has(Code))));
  const sound = (offset: number): boolean => offset < lost && (bracket === undefined || offset < bracket.start) && !broken.has(regions.findLast(({ start }) => start <= offset) ?? regions[0]!);
  return { lexemes: all, mistakes, diagnostics: [...kept.values()].flatMap(mostUseful), sound };
}

function losesPipe({ Code, Message }: KustoDiagnostic): boolean {
  return Code === 'KS174' || Code === 'KS176' || (Code === 'KS005' && Message.includes(';'));
}

const losesBracket = ({ Code, Message }: KustoDiagnostic): boolean => Code === 'KS005' && Message.includes(')');

/** An empty span behind the last word belongs to that word. */
function regionAt(regions: readonly Region[], all: readonly Lexeme[], { Start, End }: KustoDiagnostic): Region {
  const place = Start === End ? (before(all, Start)?.start ?? Start) : Start;
  return regions.findLast(({ start }) => start <= place) ?? regions[0]!;
}

function mostUseful(found: readonly KustoDiagnostic[]): readonly KustoDiagnostic[] {
  const syntax = found.find(({ Code }) => syntaxCodes.has(Code));
  const rest = found.toSorted((a, b) => Number(b.Severity === 'Error') - Number(a.Severity === 'Error'));
  return syntax === undefined ? rest.slice(0, maxPerRegion) : [syntax];
}
