// Public face: questions to a worker, by name, with progress and cancel.
export { createCallClient, type CallClient, type CallWork } from './call-client.ts';
export { CallFailure, type CallEnd, type CallTable, type FromCallWorker, type ToCallWorker } from './protocol.ts';
export { serveCalls, type AnswerCall, type ServedWork } from './serve-calls.ts';
export { transferablesOf } from './transferables.ts';
export { endInWorker, endOfWorker } from './worker-end.ts';
