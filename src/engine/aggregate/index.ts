export { aggregateNames, compileAggregate, streamLimits, tableLimits, type Accumulator, type AggregateLimits, type CompiledAggregate } from './aggregate.ts';
export { RowGroups, type Group } from './groups.ts';
export { sizeOf } from './memory.ts';
