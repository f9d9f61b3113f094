export type { Brand } from './brand.ts';
export { ManualClock, type Clock } from './clock.ts';
export { err, failure, ok, type Failure, type Result } from './result.ts';
