// A whole bound query: its `let`, then the one pipe. rule-shape.ts judges the order of what stands in it.
import { kindOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import type { Analysis } from './analysis.ts';
import type { CompileMode } from '../language.ts';
import type { Flow } from './flow.ts';
import { bindLets } from './let.ts';
import { lowerRows } from './lower-rows.ts';
import { separated } from './port.ts';

/** Null when there is no query to speak of; that is reported. */
export function lowerQuery(context: Context, { code, implicit, source }: Analysis, mode: CompileMode): Flow | null {
  const statements = separated(code.Syntax.Statements);
  const queries = statements.filter((statement) => kindOf(context, statement) === 'ExpressionStatement');
  const query = queries[0]?.Expression;
  if (query === undefined || queries.length > 1) {
    const at = queries[1] === undefined ? { start: 0, end: source.full.length } : spanOf(queries[1]);
    context.problems.error(at, 'weir/one-query', queries.length > 1 ? 'There is more than one query.' : 'There is no query.', 'Write one pipeline that starts from a table: Logs | where …');
    return null;
  }
  const inside = bindLets(context, statements.filter((statement) => kindOf(context, statement) !== 'ExpressionStatement'));
  return lowerRows(inside, { mode, implicit }, query);
}
