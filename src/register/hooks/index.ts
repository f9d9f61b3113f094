export { apiKey, watchApi, type Seen } from './api-watch.ts';
export { spanContextOf } from './active-context.ts';
export { hookLoggers, type LogJudge } from './log-hook.ts';
export { hookTracers, type SpanJudge } from './span-hook.ts';
export type * from './shapes.ts';
