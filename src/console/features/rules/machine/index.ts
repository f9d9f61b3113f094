// Public face of the picture of a state machine. The canvas itself is machine-graph.tsx, loaded when it is first shown.
export { Inspector, type InspectorProps } from './inspector.tsx';
export type { UndoSteps } from './machine-commands.ts';
export { standing, wholeMachine, type Selection } from './selection.ts';
