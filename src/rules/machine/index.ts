export { compileMachine, defaultLimits, type CompiledMachineDocument, type ValueProblem } from './compile-machine.ts';
export { eventWanted, isEventWanted } from './event-wanted.ts';
