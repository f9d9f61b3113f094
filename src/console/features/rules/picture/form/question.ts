// What the form of a new step asks. The text has something harmless meanwhile (kql/blocks, blank.ts), so that the rule stays whole.
import type { BlockForm } from '../../../../../kql/index.ts';

/** "EventName is …" instead of "EventName is not empty": the value is what a person came to say. */
export function questionOf(form: BlockForm | null): BlockForm | null {
  const [first, ...more] = form?.form === 'where' ? form.clauses : [];
  if (form?.form !== 'where' || first === undefined || 'clauses' in first || more.length > 0 || first.operator !== '!=' || first.right !== '""') return form;
  return { ...form, clauses: [{ ...first, operator: '==', right: '' }] };
}
