// What is wrong or worth knowing, one line each; a click goes to the place, and a button makes the repair where one is sure.
import type { QuickFix } from '../../../../model/index.ts';
import { Button, Icon, IconButton, Menu } from '../../../ui/index.ts';
import { worstFirst, type Problem } from './problem-list.ts';

export interface ProblemsProps {
  readonly problems: readonly Problem[]; readonly kql: string; readonly script: string; readonly text: string;
  readonly onGo: (problem: Problem) => void;
  /** Null while the problems are of an older text: their places may be wrong. */
  readonly onFix: ((problem: Problem, fix: QuickFix) => void) | null;
}

export function Problems({ problems, kql, script, text, onGo, onFix }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="rules-problems scroll" aria-label="Problems">
      {worstFirst(problems).map(each => (
        <li key={`${each.in}-${each.start}-${each.code}-${each.message}`}>
          <button type="button" className="rules-problem" onClick={() => onGo(each)}>
            <span className={each.severity === 'error' ? 'red' : each.severity === 'warning' ? 'amb' : 't3'}><Icon name={each.severity === 'hint' ? 'info' : 'warn'} size="s" label={each.severity} /></span>
            <span className="grow">{each.message}{each.help !== undefined && <span className="t3"> {each.help}</span>}</span>
            <span className="t3 nw">{each.in === 'document' ? 'document, ' : ''}{place({ kql, script, document: text }[each.in], each.start)}</span>
          </button>
          <Fixes fixes={each.fixes ?? []} onFix={onFix === null ? null : fix => onFix(each, fix)} />
        </li>
      ))}
    </ul>
  );
}

/** The likeliest as a button, the others behind it. */
function Fixes({ fixes: [first, ...others], onFix }: { readonly fixes: readonly QuickFix[]; readonly onFix: ((fix: QuickFix) => void) | null }) {
  if (first === undefined) return null;
  const wait = onFix === null ? 'The text is being checked.' : null;
  return (
    <span className="rules-fixes">
      <Button size="s" disabledReason={wait} onClick={() => onFix?.(first)}>Fix: {first.title}</Button>
      {others.length > 0 && <Menu align="end" label="Other fixes" entries={others.map(fix => ({ label: `Fix: ${fix.title}`, disabled: onFix === null, onSelect: () => onFix?.(fix) }))}><IconButton icon="chev" size="s" label="Other fixes" /></Menu>}
    </span>
  );
}

/** "line 4, column 12", counted from one. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
