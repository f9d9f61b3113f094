// Public face of the picture of a state machine. The canvas itself is machine-graph.tsx, loaded when it is first shown.
export { DraftField, Inspector, type GuardField, type InspectorProps } from './inspector/index.ts';
export type { UndoSteps } from './machine-commands.ts';
export { standing, wholeMachine, type Selection } from './selection.ts';
export { usePictureEdits } from './use-picture-edits.ts';
export { useReadMachine } from './use-read-machine.ts';
