export { DryRunPane } from './dry-run-pane.tsx';
export { MetricPreview } from './metric-preview.tsx';
export { meaningfulSpanMs, tellingSpanMs, useDryRun, type DryRun, type DryRunTarget } from './use-dry-run.ts';
