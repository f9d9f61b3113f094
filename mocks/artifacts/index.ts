// Public face: the artifacts of the mock backend and their routes.
export { recordingOf } from './files.ts';
export { artifactHandlers } from './handlers.ts';
export { madeHeap, type MadeHeap } from './heaps.ts';
export { madeCapture, pcapngOf, type MadePacket } from './packets.ts';
export { foldedStacks, madeCpuProfile, type MadeProfile } from './profiles.ts';
export { seedArtifacts } from './seed.ts';
export { MockArtifacts } from './store.ts';
