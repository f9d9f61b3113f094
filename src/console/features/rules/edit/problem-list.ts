// The problems of a rule under edit, found by two checks: of the KQL alone, at once, and of the whole document, which also asks the
// engine. Each list shows what either found, once, at places of the box beside it.
import type { KqlDiagnostic } from '../../../../model/index.ts';
import { placesOf, type RuleProblem } from '../../../../rules/index.ts';

export interface Problem extends KqlDiagnostic {
  /** The box that `start` and `end` are places of. */
  readonly in: 'kql' | 'script' | 'document';
}

const ofKql = ({ path }: RuleProblem): boolean => path[0] === 'kql';
const same = (a: KqlDiagnostic) => (b: KqlDiagnostic): boolean => a.code === b.code && a.message === b.message;

/** Problems of the KQL that the document's check did not come to, because fields of the document are wrong. */
export const beyondDocument = (problems: readonly RuleProblem[], kql: readonly KqlDiagnostic[]): readonly KqlDiagnostic[] => kql.filter(each => !problems.some(same(each)));

/** Problems of the KQL that only the document's check finds, such as what agents refuse; placed in the KQL. */
export function beyondKql(text: string, problems: readonly RuleProblem[], kql: readonly KqlDiagnostic[]): readonly KqlDiagnostic[] {
  const more = problems.filter(problem => ofKql(problem) && !kql.some(same(problem)));
  if (more.length === 0) return more;
  return placedInValue(text, more);
}

/** At places of the value that they are about. */
function placedInValue(text: string, problems: readonly RuleProblem[]): readonly KqlDiagnostic[] {
  const places = placesOf(text);
  return problems.map(({ severity, code, message, help, start, end }) => {
    const from = places.valueAt(start)?.offset ?? 0;
    return { severity, code, message, start: from, end: Math.max(from, places.valueAt(end)?.offset ?? from), ...(help !== undefined && { help }) };
  });
}

const ofScript = ({ path }: RuleProblem): boolean => path[0] === 'javascript';

/** Problems of the script, placed in it. */
export function ofTheScript(text: string, problems: readonly RuleProblem[]): readonly KqlDiagnostic[] {
  const own = problems.filter(ofScript);
  return own.length === 0 ? own : placedInValue(text, own);
}

/** For the box of the script: its own at places in it, the fields' at places of the document. */
export const besideScript = (problems: readonly RuleProblem[], script: readonly KqlDiagnostic[]): readonly Problem[] => [
  ...script.map((each): Problem => ({ ...each, in: 'script' })),
  ...problems.filter(problem => !ofScript(problem)).map((each): Problem => ({ ...each, in: 'document' })),
];

/** For the box of the KQL: its own at places in it, the fields' at places of the document. */
export const besideKql = (problems: readonly RuleProblem[], kql: readonly KqlDiagnostic[]): readonly Problem[] => [
  ...kql.map((each): Problem => ({ ...each, in: 'kql' })),
  ...problems.filter(problem => !ofKql(problem)).map((each): Problem => ({ ...each, in: 'document' })),
];

/** For the box of the document: all at places of it, but for those that have none there yet. */
export const besideDocument = (problems: readonly RuleProblem[], kql: readonly KqlDiagnostic[]): readonly Problem[] => [
  ...problems.map((each): Problem => ({ ...each, in: 'document' })),
  ...beyondDocument(problems, kql).map((each): Problem => ({ ...each, in: 'kql' })),
];

/** What stops the rule comes first. */
const rank: Readonly<Record<KqlDiagnostic['severity'], number>> = { error: 0, warning: 1, hint: 2 };
export const worstFirst = (problems: readonly Problem[]): readonly Problem[] => problems.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
