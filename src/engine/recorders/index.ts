export { ofItsOwn, RecorderSet, usualRecorder, type RecorderSetOptions } from './recorder-set.ts';
export { breathBytes, type FramesAsked, type FrameStore, type KeyState, type RecorderFrame, type Renewed } from './store.ts';
export type { RecorderShape } from './recorder.ts';
export { largest } from './largest.ts';
export { LeastUsed } from './least-used.ts';
export { FairShare } from './fair-share.ts';
export { decodeFrames, eachEntry, encodeFrame, encodeFrames, encodeLetGo, frameFileMagic, type FramesRead, type KeptEntry } from './frame-file.ts';
