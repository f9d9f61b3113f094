export { compileAggregate, streamLimits, tableLimits, type AggregateLimits, type CompiledAggregate } from './aggregate.ts';
export { RowGroups } from './groups.ts';
