// createKqlLanguage: the whole language service over an injected Kusto global.
import type { DetectorInfo, KqlLanguage } from '../language.ts';
import { blocksOf } from '../blocks/index.ts';
import { compile, tooDeepAt } from './compile.ts';
import { complete } from './completion.ts';
import { format } from './format.ts';
import { hover } from './hover.ts';
import { enumNames, type KustoGlobal } from './port.ts';
import { tokens } from './tokens.ts';

export type { KustoGlobal } from './port.ts';

/** `kusto` is what the library's two scripts leave in the global `Kusto`. With `detectors`, redact() is checked and completed against them.
 *  Every call is pure; the first takes some 0.5 s, later ones about 10 ms. */
export function createKqlLanguage(kusto: KustoGlobal, detectors: readonly DetectorInfo[] | null = null): KqlLanguage {
  const { Syntax, Editor } = kusto.Language;
  const names = detectors?.map(({ name }) => name) ?? null;
  const kinds = enumNames(Syntax.SyntaxKind);
  const classes = enumNames(Editor.ClassificationKind);
  const completions = enumNames(Editor.CompletionKind);
  return {
    compile: (text, options) => compile(kusto, kinds, names, text, options),
    complete: (text, offset, mode, fields = []) => complete(kusto, completions, detectors ?? [], text, offset, mode, fields),
    hover: (text, offset, mode, fields = []) => hover(kusto, text, offset, mode, fields),
    format: (text, mode = 'rule') => format(kusto, text, mode),
    tokens: (text, mode) => tokens(kusto, classes, text, mode),
    blocks: (text, mode) => (tooDeepAt(text) >= 0 ? null : blocksOf(kusto, kinds, text, mode)),
  };
}
