export { createMachine, type Machine } from './machine.ts';
export { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTransition } from './types.ts';
export type { GuardCount, MachineEvent, MachineKeyState } from './events.ts';
