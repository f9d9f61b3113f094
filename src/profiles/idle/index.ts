// Samples in which nothing ran.
export { idleStacks, isIdleSample } from './idle-stacks.ts';
export { idleIn, withoutIdle } from './without-idle.ts';
