// The script of a language rule in the sandbox: loaded for a run, or only to see whether it loads.
import type { Result } from '../../base/index.ts';
import { createLanguageRule, type LanguageRule, type LoadFailure, type VmModule } from '../../engine/language/index.ts';
import type { AgentLanguage, KqlDiagnostic } from '../../model/index.ts';
import { placesOf } from '../document/index.ts';
import type { CheckedRule } from '../types.ts';

/** What of a rule its script needs. */
export interface NamedScript { readonly name: string; readonly language: AgentLanguage }

/** Lines of weir.log are kept: whoever runs a rule here wants to read them. */
export const loadScript = ({ name, language: { javascript, limits } }: NamedScript, vm: VmModule): Result<LanguageRule, LoadFailure> =>
  createLanguageRule(vm, { name, javascript, actions: limits, logs: true });

/** Why the script does not load, placed in it; null when it does. */
export function scriptProblem(script: NamedScript, vm: VmModule): KqlDiagnostic | null {
  const loaded = loadScript(script, vm);
  return loaded.ok ? null : diagnosticOf(script.language.javascript, loaded.error);
}

export function diagnosticOf(javascript: string, { message, help, line, column }: Pick<LoadFailure, 'message' | 'help' | 'line' | 'column'>): KqlDiagnostic {
  const [start, end] = line === null ? firstLine(javascript) : placeOf(javascript, line, column ?? 1);
  return { severity: 'error', code: 'language/script', message, start, end, ...(help !== undefined && { help }) };
}

/** From a line and column of the script (from 1) to the end of the word there; of an error at the very end, its last character. */
function placeOf(javascript: string, line: number, column: number): readonly [number, number] {
  let from = 0;
  for (let i = 1; i < line; i++) { const next = javascript.indexOf('\n', from); if (next < 0) break; from = next + 1; }
  const lineEnd = endOfLine(javascript, from);
  const start = Math.max(from, Math.min(from + column - 1, lineEnd - 1));
  const word = /^[\w$]+/.exec(javascript.slice(start, lineEnd))?.[0].length ?? 1;
  return [start, Math.min(javascript.length, start + word)];
}

const endOfLine = (text: string, from: number): number => { const at = text.indexOf('\n', from); return at < 0 ? text.length : at; };
const firstLine = (text: string): readonly [number, number] => [0, endOfLine(text, 0)];

/** The check of `text` with what its script came to: an error more, and nothing compiled, when it does not load. */
export function withScriptProblem(text: string, checked: CheckedRule, problem: KqlDiagnostic | null): CheckedRule {
  if (problem === null) return checked;
  const problems = [...checked.problems, placesOf(text).place(['javascript'], problem)].toSorted((a, b) => a.start - b.start);
  return { ...checked, compiled: null, problems };
}
