export { RulesWorkerProvider, useRulesWorker } from './rules-worker.tsx';
export { testEdit, type Expecting } from './test-of-record.ts';
export { needsMadeUp, TestsPane, useLastTests, type TestsPaneProps } from './tests-pane.tsx';
export { testWords, useRuleTests, type DocumentTests, type RuleTests } from './use-rule-tests.ts';
