export { ofItsOwn, RecorderSet, usualRecorder, type RecorderSetOptions } from './recorder-set.ts';
export type { FrameStore, KeyState, RecorderFrame, Renewed } from './store.ts';
export type { RecorderShape } from './recorder.ts';
export { FairShare } from './fair-share.ts';
export { decodeFrames, eachFrame, encodeFrame, encodeFrames, frameFileMagic, type FramesRead } from './frame-file.ts';
