// What an open form still needs before it can go into the text, by name.
import { isWhole, type BlockForm, type WhereCondition } from '../../../../../kql/index.ts';
import { sideOf } from '../comparisons.ts';

/** "Not in the rule yet: choose a field in condition 2, give condition 1 a value." */
export const missingWords = (form: BlockForm): string => `Not in the rule yet: ${missingOf(form).join(', ') || 'fill in every field'}.`;

function missingOf(form: BlockForm): readonly string[] {
  switch (form.form) {
    case 'where': return ofConditions(form.clauses, '');
    case 'sink': return Object.entries(form.arguments).filter(([, value]) => value === '').map(([name]) => `fill in ${name.replaceAll('_', ' ')}`);
    default: return [];
  }
}

function ofConditions(clauses: readonly WhereCondition[], place: string): readonly string[] {
  if (clauses.length === 0) return [`group ${place.replace(/\.$/, '')} needs a condition`];
  return clauses.flatMap((each, i) => {
    const name = `${place}${i + 1}`;
    if ('clauses' in each) return ofConditions(each.clauses, `${name}.`);
    const words = clauses.length === 1 && place === '' ? 'the condition' : `condition ${name}`;
    const wants = sideOf(each.operator) !== 'none';
    return [
      ...(each.left === '' ? [`choose a field in ${words}`] : isWhole(each.left) ? [] : [`close the bracket or quotation mark in the field of ${words}`]),
      ...(!wants || isWhole(each.right) ? [] : [each.right === '' ? `give ${words} a value` : `mend the value of ${words}`]),
    ];
  });
}
