export { DryRunPane, type DryRunPaneProps } from './dry-run-pane.tsx';
export { flowOf } from './flow-of.ts';
export { MetricPreview, type MetricPreviewProps } from './metric-preview.tsx';
export { money, savedPerMonth } from './saved-money.ts';
export { meaningfulSpanMs, rateSpanMs, resultOf, tellingSpanMs, useDryRun, type DryRun, type DryRunControls, type DryRunTarget } from './use-dry-run.ts';
