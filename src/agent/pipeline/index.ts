export { zeroCounts, type Counts } from './counts.ts';
export { PipelineRuntime, type Accepted, type Intake, type TailTaps } from './runtime.ts';
