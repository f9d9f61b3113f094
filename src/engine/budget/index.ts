export { inChunks } from './in-chunks.ts';
export { BudgetKeeper, type KeeperOptions } from './keeper.ts';
export { boundPlanText } from './plan-bounds.ts';
export { RuleMeter } from './rule-meter.ts';
export { StageSampler } from './stage-sampler.ts';
export { defaultCeiling, type Disabled, type DisabledRule, type RuleFacts } from './types.ts';
