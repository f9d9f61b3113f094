// A first name for a metric, from what the rule counts: a name that says nothing would be kept too often.
import { unquote, type QueryBlock } from '../../../../kql/index.ts';

const naming = new Set(['EventName', 'DurableId', 'Name', 'MetricName']);

/** `app.log_launch` for a rule about LogLaunch; `app.records` when the rule names no event. */
export function metricName(blocks: readonly QueryBlock[]): string {
  const clauses = blocks.flatMap(({ form }) => (form?.form === 'where' ? form.clauses : []));
  const event = clauses.map((clause) => ('clauses' in clause || clause.operator !== '==' || !naming.has(clause.left) ? null : unquote(clause.right))).find((value) => value !== null && value !== '');
  const words = (event ?? '').replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60);
  return `app.${words === '' ? 'records' : words}`;
}
