// createKqlLanguage: the whole language service over an injected Kusto global.
import type { KqlLanguage } from '../language.ts';
import { compile } from './compile.ts';
import { enumNames, type KustoGlobal } from './port.ts';

export type { KustoGlobal } from './port.ts';

export function createKqlLanguage(kusto: KustoGlobal): KqlLanguage {
  const kinds = enumNames(kusto.Language.Syntax.SyntaxKind);
  return {
    compile: (text, options) => compile(kusto, kinds, text, options),
  } as KqlLanguage;
}
