export { compileAggregate, streamLimits, tableLimits, type AggregateLimits, type CompiledAggregate } from './aggregate.ts';
export { RowGroups, type GroupRoom } from './groups.ts';
export { Sample } from './sample.ts';
