export { compileAggregate, streamLimits, unlimited, type Accumulator, type AggregateLimits, type CompiledAggregate } from './aggregate.ts';
export { RowGroups } from './groups.ts';
