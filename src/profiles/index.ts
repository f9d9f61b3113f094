// CPU profiles: every format into one columnar model; call trees, differences, layout.
export type { FrameTable, FunctionTable, LineTicks, Profile, ProfileFormat, SampleTable, StackTable, ThreadInfo, WeightColumn } from './model.ts';
export { none, profileFormats } from './model.ts';
export type { CallTree, ProfileSelection } from './tree/call-tree.ts';
export { wholeProfile } from './tree/call-tree.ts';
export type { FlameBoxes } from './layout/boxes.ts';
