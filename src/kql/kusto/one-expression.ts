// Targets and guards hold one expression. A text that starts like a query is told so before the parser stumbles over it.
import type { KqlDiagnostic, QuickFix } from '../../model/index.ts';
import type { CompileMode } from '../language.ts';
import { skipBlank, startsOperator, startsQuery } from './source.ts';

const head = /^\s*(?:(?:Logs|Spans|Metrics|source)\s*)?\|?\s*(?:where|filter)?\s*/;

/** Null when the mode wants a query, or the text is none. */
export function notAnExpression(text: string, mode: CompileMode): KqlDiagnostic | null {
  if (mode !== 'targets' && mode !== 'guard') return null;
  const start = skipBlank(text);
  if (start === text.length) return problem(start, start, 'There is no condition yet.', 'For example: EventName == "QueueDepth" and toint(Attributes.depth) > 200.', []);
  if (!startsQuery(text) && !startsOperator(text)) return null;
  const end = start + (/^\S+/.exec(text.slice(start))?.[0].length ?? 1);
  const rest = text.slice(start).replace(head, '');
  const fixes = rest === '' || rest.includes('|') || /^(let|declare|set|union)\s/.test(rest) ? [] : [{ title: 'Keep the condition only', edits: [{ start, end: text.length - rest.length, text: '' }] }];
  return problem(start, end, mode === 'targets' ? 'Targets are one condition over agents and resources, not a query.' : 'A guard is one expression over a record, not a query.', mode === 'targets' ? 'Write the condition alone: ServiceName == "frontend".' : 'Write the condition alone: EventName == "QueueDepth".', fixes);
}

const problem = (start: number, end: number, message: string, help: string, fixes: QuickFix[]): KqlDiagnostic => ({ severity: 'error', code: 'weir/one-expression', message, start, end, help, ...(fixes.length === 0 ? {} : { fixes }) });
