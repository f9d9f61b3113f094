export { createMachine, type Machine, type MachineMemory } from './machine.ts';
export { MachineClock, maxLagNanos, maxLeadNanos } from './machine-clock.ts';
export { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTraining, type MachinePlanTransition } from './types.ts';
export { parseMachine } from './parse-machine.ts';
export { recordNeeds } from './record-needs.ts';
export { recordTime } from './record-time.ts';
export { leastSamples, mostTrainedKeys } from './trained-bound.ts';
export type { GuardCount, GuardLook, MachineEvent, MachineFigures, MachineKeyState, MachineLook, RecordOrigin } from './events.ts';
