// JavaScript for Monaco, as scripts of rules use it: colours and TypeScript's own service from the package, which start with the first such text,
// the service in a worker of its own. Completion, hover and errors know the language without a browser around it, and the world that the
// box was opened with.
import 'monaco-editor/languages/definitions/javascript/register';
import { javascriptDefaults, ScriptTarget } from 'monaco-editor/languages/features/typescript/register';

export const javascriptId = 'javascript';

/** TypeScript's ModuleDetectionKind.Force, which the package does not list: each text is a world of its own, though several are open. */
const everyTextAlone = 3;

/** Call once, before the first model is made. */
export function registerJavascript(): void {
  javascriptDefaults.setCompilerOptions({ allowJs: true, checkJs: true, strict: true, noImplicitAny: false, useUnknownInCatchVariables: false, allowNonTsExtensions: true, target: ScriptTarget.ESNext, lib: ['es2023'], moduleDetection: everyTextAlone });
  javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: false, noSyntaxValidation: false, noSuggestionDiagnostics: true });
  javascriptDefaults.setModeConfiguration({ completionItems: true, hovers: true, signatureHelp: true, diagnostics: true, documentRangeFormattingEdits: true });
}

let declared = '';

/** TypeScript declarations of what is there beside the language; boxes of one page have the same. */
export function declareWorld(types: string): void {
  if (types === declared) return;
  declared = types;
  javascriptDefaults.setExtraLibs([{ content: types, filePath: 'ts:weir/world.d.ts' }]);
}
