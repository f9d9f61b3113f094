export type { BlastFacts } from './blast-radius.ts';
export { DeployDialog, type RunnableRule } from './deploy-dialog.tsx';
export { liveConflicts, type LiveConflict } from './live-conflicts.ts';
