// createKqlLanguage: the whole language service over an injected Kusto global.
import { maxKqlText } from '../../model/index.ts';
import type { Compiled, DetectorInfo, KqlLanguage } from '../language.ts';
import { blocksOf } from '../blocks/index.ts';
import { createAnalyser, kept } from './analysis.ts';
import { attempted, compile, refusedUnread } from './compile.ts';
import { complete } from './completion.ts';
import { format } from './format.ts';
import { hover } from './hover.ts';
import { enumNames, type KustoGlobal } from './port.ts';
import { signature } from './signature.ts';
import { tokens } from './tokens.ts';

export type { KustoGlobal } from './port.ts';
export { quicken, type KustoRuntime } from './quicken.ts';

/** The console checks a rule and analyses its query: the same text, compiled for both. */
const keptTexts = 4;

/** `kusto` is what the library's two scripts leave in the global `Kusto`. With `detectors`, redact() is checked and completed against them.
 *  Answers depend on the arguments alone; the first call takes some 0.5 s, later ones about 30 ms for a new text (over a runtime made
 *  quicker: `quicken`) and little for the same one, for the last analyses and what came of them are kept. A text that compile refuses
 *  unread (too long, too deep) gets empty answers. */
export function createKqlLanguage(kusto: KustoGlobal, detectors: readonly DetectorInfo[] | null = null): KqlLanguage {
  const { Syntax, Editor } = kusto.Language;
  const names = detectors?.map(({ name }) => name) ?? null;
  const classes = enumNames(Editor.ClassificationKind);
  const completions = enumNames(Editor.CompletionKind);
  const analyser = createAnalyser(kusto, enumNames(Syntax.SyntaxKind));
  const compiled = new Map<string, Compiled>();
  const asked = <T>(text: string, otherwise: T, ask: () => T): T => (refusedUnread(text) === null ? attempted(ask) ?? otherwise : otherwise);
  return {
    compile: (text, options) => {
      const make = (): Compiled => compile(analyser, names, text, options);
      return text.length > maxKqlText ? make() : kept(compiled, keptTexts, JSON.stringify([options.mode, text, options.columns ?? []]), make);
    },
    complete: (text, offset, mode, fields = []) => asked(text, [], () => complete(analyser, completions, detectors ?? [], text, offset, mode, fields)),
    hover: (text, offset, mode, fields = []) => asked(text, null, () => hover(analyser, text, offset, mode, fields)),
    signature: (text, offset, mode) => asked(text, null, () => signature(text, offset, mode)),
    format: (text, mode = 'rule') => asked(text, text, () => format(analyser, text, mode)),
    tokens: (text, mode) => asked(text, [], () => tokens(analyser, classes, text, mode)),
    blocks: (text, mode) => asked(text, null, () => blocksOf(analyser, text, mode)),
  };
}
