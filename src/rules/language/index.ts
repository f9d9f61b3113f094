// Public face of language/.
export type { NewVm } from './types.ts';
export { compileLanguage, type CompiledLanguageDocument } from './compile-language.ts';
export { scriptProblem, withScriptProblem, type NamedScript } from './script.ts';
export { ScriptReplay, type ScriptCall } from './script-replay.ts';
