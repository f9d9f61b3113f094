// The Dumps view: artifacts, their viewers, and diagnostic actions.
export { DumpsView } from './dumps-view.tsx';
export { RunDialog, type RunDialogProps } from './run/run-dialog.tsx';
