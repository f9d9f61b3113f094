// One test in the list: passed or not, how it differs, and its form when it is opened.
import type { RuleKind } from '../../../../model/index.ts';
import type { RuleEdit, TestResult } from '../../../../rules/index.ts';
import { Icon, MaskedText } from '../../../ui/index.ts';
import { failureLine } from './failure-lines.ts';
import { TestForm } from './test-form.tsx';
import type { DocumentTests } from './use-rule-tests.ts';

export interface TestRowProps {
  readonly tests: DocumentTests; readonly index: number; readonly kind: RuleKind;
  /** Of its last run; null before. */
  readonly result: TestResult | null;
  readonly open: boolean; readonly onOpen: (open: boolean) => void; readonly onEdit: (edits: readonly RuleEdit[]) => void;
}

export function TestRow({ tests, index, kind, result, open, onOpen, onEdit }: TestRowProps) {
  const { name } = tests[index]!;
  const failed = result !== null && !result.ok;
  return (
    <li>
      <button type="button" className="test" aria-expanded={open} onClick={() => onOpen(!open)}>
        <Mark result={result} /><span className="grow ell" title={name}>{name}</span>
        {result !== null && <span className="t3 nw">{result.milliseconds < 1 ? '< 1 ms' : `${Math.round(result.milliseconds)} ms`}</span>}<span className="t3"><Icon name={open ? 'chev' : 'right'} size="xs" /></span>
      </button>
      {failed && <Failures failures={result.failures} />}
      {open && <TestForm key={JSON.stringify(tests[index])} tests={tests} index={index} kind={kind} onEdit={onEdit} onClose={() => onOpen(false)} />}
    </li>
  );
}

function Mark({ result }: { readonly result: TestResult | null }) {
  if (result === null) return <span className="t3"><Icon name="minus" size="s" /><span className="vh">not run</span></span>;
  return <span className={result.ok ? 'acc' : 'red'}><Icon name={result.ok ? 'check' : 'x'} size="s" /><span className="vh">{result.ok ? 'passed' : 'failed'}</span></span>;
}

function Failures({ failures }: { readonly failures: readonly string[] }) {
  return (
    <dl className="rules-failures">
      {failures.map(failureLine).map(({ what, expected, came, more }, i) => (
        <div key={i}>
          <dt>{what}</dt>
          {expected !== null && <dd><span className="t3">expected</span> <code className="acc">{expected}</code></dd>}
          {came !== null && <dd><span className="t3">actual</span> <code className="red"><MaskedText text={came} /></code></dd>}
          {more.map((line, j) => <dd key={j} className="t3"><code><MaskedText text={line} /></code></dd>)}
        </div>
      ))}
    </dl>
  );
}
