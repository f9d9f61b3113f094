export { RulesWorkerProvider, useRulesWorker } from './rules-worker.tsx';
export { testEdit } from './test-of-record.ts';
export { TestsPane, type TestsPaneProps } from './tests-pane.tsx';
export { testWords, useRuleTests, type RuleTests } from './use-rule-tests.ts';
