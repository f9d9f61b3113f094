export { compileMachine, defaultLimits, type CompiledMachineDocument, type ValueProblem } from './compile-machine.ts';
