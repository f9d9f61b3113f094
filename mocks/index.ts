// Public face for tests: the mock server and the pieces it is made of. The browser's entry is browser.ts.
export { foldedStacks, madeCapture, madeCpuProfile, madeHeap, pcapngOf, recordingOf } from './artifacts/index.ts';
export { mockAgents } from './agents.ts';
export { MockBackend } from './backend.ts';
export { problem } from './answers.ts';
export { createHandlers } from './handlers.ts';
export { createMockServer } from './node.ts';
export { replayTail, type RecordedRequest, type TailReplay } from './tail-replay.ts';
