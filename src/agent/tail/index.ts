export { TailHub } from './hub.ts';
export type { SendFrame } from './subscription.ts';
