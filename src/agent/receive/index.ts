export { grpcExportPath, startGrpcReceiver } from './grpc-receiver.ts';
export { startHttpReceiver } from './http-receiver.ts';
export { defaultLimits, type ReceiveLimits } from './limits.ts';
export { AgentStartError } from './listen-failure.ts';
export type { Receiver } from './types.ts';
