// A rules worker that answers at once with what the test put in.
import type { RuleOutcome } from '../../../../engine/index.ts';
import type { KqlDiagnostic } from '../../../../model/index.ts';
import type { DryRunResult, RuleExpectation, TestReport } from '../../../../rules/index.ts';
import type { RulesClient, TelemetrySource } from '../../../workers/rules/index.ts';
import { dryRunResult } from './dry-runs.ts';

export interface FakeRulesWorker extends RulesClient { readonly calls: string[]; result: DryRunResult; report: TestReport; expected: RuleExpectation; outcomes: readonly RuleOutcome[]; readFailure: string | null; scriptProblem: KqlDiagnostic | null }

export function fakeRulesWorker(): FakeRulesWorker {
  const source = (name: string): TelemetrySource => ({ id: 1, name, format: 'JSON records', records: 40, bytes: 4000, fromMs: 1000, toMs: 21_000, skipped: 0, firstProblem: null, cutOff: false, setAside: 0, firstSetAside: null });
  const worker: FakeRulesWorker = {
    calls: [], result: dryRunResult(), report: { rule: 'rule', results: [] }, expected: { matched: 1 }, outcomes: [], readFailure: null, scriptProblem: null,
    readFile: async (_file, name) => { worker.calls.push('readFile'); if (worker.readFailure !== null) throw new Error(worker.readFailure); return source(name); },
    readText: async (_text, name) => { worker.calls.push('readText'); if (worker.readFailure !== null) throw new Error(worker.readFailure); return source(name); },
    release: () => { worker.calls.push('release'); },
    dryRun: async () => { worker.calls.push('dryRun'); return worker.result; },
    dryRunScript: async () => { worker.calls.push('dryRunScript'); return worker.result; },
    checkScript: async () => { worker.calls.push('checkScript'); return worker.scriptProblem; },
    explain: async () => { worker.calls.push('explain'); return worker.outcomes; },
    expect: async () => { worker.calls.push('expect'); return worker.expected; },
    test: async () => { worker.calls.push('test'); return worker.report; },
    close: () => { worker.calls.push('close'); },
  };
  return worker;
}
