export { createMachine, type Machine } from './machine.ts';
export { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTransition } from './types.ts';
export { durationWords } from './duration-words.ts';
export type { GuardCount, GuardLook, MachineEvent, MachineKeyState, MachineLook } from './events.ts';
