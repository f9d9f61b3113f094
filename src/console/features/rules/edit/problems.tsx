// What is wrong or worth knowing, one line each; a click goes to the place.
import type { KqlDiagnostic } from '../../../../model/index.ts';
import { Icon } from '../../../ui/index.ts';

export interface Problem extends KqlDiagnostic {
  /** The box that `start` and `end` are places of. */
  readonly in: 'kql' | 'document';
}

/** What stops the rule comes first. */
const rank: Readonly<Record<KqlDiagnostic['severity'], number>> = { error: 0, warning: 1, hint: 2 };

export interface ProblemsProps { readonly problems: readonly Problem[]; readonly kql: string; readonly text: string; readonly onGo: (problem: Problem) => void }

export function Problems({ problems, kql, text, onGo }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="rules-problems scroll" aria-label="Problems">
      {problems.toSorted((a, b) => rank[a.severity] - rank[b.severity]).map(each => (
        <li key={`${each.in}-${each.start}-${each.code}-${each.message}`}>
          <button type="button" onClick={() => onGo(each)}>
            <span className={each.severity === 'error' ? 'red' : each.severity === 'warning' ? 'amb' : 't3'}><Icon name={each.severity === 'hint' ? 'info' : 'warn'} size="s" label={each.severity} /></span>
            <span className="grow">{each.message}{each.help !== undefined && <span className="t3"> {each.help}</span>}</span>
            <span className="t3 nw">{each.in === 'document' ? 'document, ' : ''}{place(each.in === 'kql' ? kql : text, each.start)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** "line 4, column 12", counted from one. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
