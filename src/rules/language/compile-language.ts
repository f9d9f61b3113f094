// A language document to what agents get: its condition compiled, its limits as numbers. The script itself is not looked at here.
import { compileFilter } from '../../engine/index.ts';
import { planVersion, type Expr, type KqlLanguage, type Plan } from '../../kql/index.ts';
import type { AgentLanguage, KqlDiagnostic, LanguageDocument } from '../../model/index.ts';
import { durationMs } from '../document/index.ts';
import { defaultLimits } from '../machine/index.ts';
import type { RulePath } from '../types.ts';

export interface CompiledLanguageDocument { readonly language: AgentLanguage | null; readonly problems: readonly { readonly path: RulePath; readonly diagnostic: KqlDiagnostic }[] }

/** `language` is null exactly when a problem is an error. */
export function compileLanguage(document: LanguageDocument, kql: KqlLanguage): CompiledLanguageDocument {
  const { when, diagnostics } = conditionOf(document, kql);
  const problems = [...diagnostics, ...costOf(document)].map((diagnostic) => ({ path: ['when'], diagnostic }));
  if (diagnostics.some(({ severity }) => severity === 'error')) return { language: null, problems };
  return { language: { javascript: document.javascript, signals: document.signals, when, limits: limitsOf(document) }, problems };
}

function limitsOf({ limits = {} }: LanguageDocument): AgentLanguage['limits'] {
  const { actions = defaultLimits.actions, per = defaultLimits.per, cooldown = defaultLimits.cooldown } = limits;
  return { actions, perMs: durationMs(per), cooldownMs: durationMs(cooldown) };
}

/** The Plan that keeps the records which the condition is true of. */
export const whenPlan = (when: Expr): Plan => ({ version: planVersion, table: 'source', operators: [{ op: 'where', predicate: when }], sink: null });

function conditionOf({ when: text, signals }: LanguageDocument, kql: KqlLanguage): { readonly when: Expr | null; readonly diagnostics: readonly KqlDiagnostic[] } {
  if (text.trim() === '') return { when: null, diagnostics: [] };
  const { diagnostics, expression } = kql.compile(text, { mode: 'guard' });
  if (expression === undefined || diagnostics.some(({ severity }) => severity === 'error')) return { when: null, diagnostics };
  const wrong = (code: string, message: string, help: string): KqlDiagnostic => ({ severity: 'error', code, message, help, start: 0, end: text.length });
  if (expression.type !== 'bool' && expression.type !== 'dynamic') return { when: null, diagnostics: [...diagnostics, wrong('language/not-a-condition', `A condition is true or false; this gives a ${expression.type}.`, 'Compare it with something, for example > 200.')] };
  const refused = signals.map((signal) => compileFilter(whenPlan(expression), signal)).find(({ ok }) => !ok);
  if (refused?.ok === false) return { when: null, diagnostics: [...diagnostics, wrong('weir/engine', refused.error.message, refused.error.help ?? 'Times between records are kept in weir.state.')] };
  return { when: expression, diagnostics };
}

/** Handing a record to the sandbox costs more than asking it a question. */
const costOf = ({ when, targets }: LanguageDocument): readonly KqlDiagnostic[] =>
  (when.trim() !== '' || targets.trim() !== '' ? [] : [{ severity: 'hint', code: 'language/every-record', message: 'Every record is handed to the script, some microseconds each.', help: 'Say in `when` which it is about, for example when: EventName == "QueueDepth".', start: 0, end: 0 }]);
