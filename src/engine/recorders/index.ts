export { ofItsOwn, RecorderSet, usualRecorder, type RecorderSetOptions } from './recorder-set.ts';
export { breathBytes, type FramesAsked, type FrameStore, type KeyState, type RecorderFrame, type Renewed } from './store.ts';
export type { RecorderShape } from './recorder.ts';
export { FairShare } from './fair-share.ts';
export { decodeFrames, eachFrame, encodeFrame, encodeFrames, frameFileMagic, type FramesRead } from './frame-file.ts';
