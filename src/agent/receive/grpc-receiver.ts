// OTLP/gRPC with raw-bytes handlers: the library frames and inflates, and never decodes a message. Status codes and details as
// the OTLP specification ("OTLP/gRPC Response", "Throttling") has them.
import * as grpc from '@grpc/grpc-js';
import type { Signal } from '../../model/index.ts';
import { encodeResponse, encodeStatus } from '../../otlp/index.ts';
import { giveBack } from '../give-back.ts';
import type { Intake } from '../pipeline/index.ts';
import { countRefusedCalls } from './grpc-refused.ts';
import { Admission, type ReceiveLimits } from './limits.ts';
import { listenFailure } from './listen-failure.ts';
import type { Receiver, ReceiverAddress } from './types.ts';

const services: readonly (readonly [path: string, signal: Signal])[] = [
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'spans'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
];

/** Path of a signal's Export method. */
export const grpcExportPath = (wanted: Signal): string => services.find(([, signal]) => signal === wanted)![0];

export interface GrpcReceiverOptions extends ReceiverAddress { readonly intake: Intake; readonly limits: ReceiveLimits }

/** HTTP/2 windows of this size let a batch arrive without waiting for window updates. */
const flowControlWindow = 4 * 1024 * 1024;
const maxStreamsPerConnection = 128;

export async function startGrpcReceiver(options: GrpcReceiverOptions): Promise<Receiver> {
  const { intake, limits } = options;
  const admission = new Admission(limits);
  // What goes wrong is answered, counted or thrown; the library's own lines on stderr would say it twice.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    'grpc.max_receive_message_length': limits.maxBodyBytes, 'grpc.max_concurrent_streams': maxStreamsPerConnection,
    'grpc-node.flow_control_window': flowControlWindow, 'grpc.enable_channelz': 0,
    interceptors: [countRefusedCalls(intake, admission)],
  });
  for (const [path, signal] of services) server.addService({ Export: methodAt(path) }, { Export: exportHandler(signal, intake, limits, admission) });
  const port = await bind(server, options);
  return { port, stop: () => stop(server) };
}

const identity = (bytes: Buffer): Buffer => bytes;

const methodAt = (path: string): grpc.MethodDefinition<Buffer, Buffer> => ({
  path, requestStream: false, responseStream: false,
  requestSerialize: identity, requestDeserialize: identity, responseSerialize: identity, responseDeserialize: identity,
});

function exportHandler(signal: Signal, intake: Intake, limits: ReceiveLimits, admission: Admission): grpc.handleUnaryCall<Buffer, Buffer> {
  return (call, respond) => {
    if (admission.overloaded) {
      intake.refused('other');
      respond(statusError(grpc.status.RESOURCE_EXHAUSTED, 'The agent is overloaded; send this again later.', limits.retryAfterSeconds));
      return;
    }
    const result = intake.accept(signal, call.request);
    // The library put the message and its five bytes of framing into memory of their own, which nobody else has.
    if (!(result.ok && result.value.keepsBytes)) giveBack(call.request);
    if (result.ok) respond(null, Buffer.from(encodeResponse(signal, result.value.partial, 'protobuf')));
    else respond(statusError(result.error.code === 'agent.internal' ? grpc.status.INTERNAL : grpc.status.INVALID_ARGUMENT, result.error.message));
  };
}

/** A status with its google.rpc.Status in the trailer; RetryInfo there is what tells a client that it may try again. */
function statusError(code: grpc.status, message: string, retryAfterSeconds?: number): Partial<grpc.StatusObject> {
  const metadata = new grpc.Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(encodeStatus({ code, message, retryDelayMs: retryAfterSeconds === undefined ? null : retryAfterSeconds * 1000 }, 'protobuf')));
  return { code, details: message, metadata };
}

function bind(server: grpc.Server, address: ReceiverAddress): Promise<number> {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${address.port}`, grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else { server.forceShutdown(); reject(listenFailure('OTLP/gRPC', address, error.message)); }
    });
  });
}

const stopGraceMs = 2000;

/** Calls under way are answered; connections that stay open are cut after two seconds. */
function stop(server: grpc.Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => { server.forceShutdown(); resolve(); }, stopGraceMs);
    server.tryShutdown(() => { clearTimeout(force); resolve(); });
  });
}
