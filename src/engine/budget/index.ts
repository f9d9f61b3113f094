export { BudgetKeeper, protectingSliceMs, sliceMs, type KeeperOptions } from './keeper.ts';
export { boundPlanText } from './plan-bounds.ts';
export { RuleMeter } from './rule-meter.ts';
export { StageSampler } from './stage-sampler.ts';
export { defaultCeiling, type AgentCeiling, type Disabled, type DisabledRule, type Held, type RuleFacts } from './types.ts';
