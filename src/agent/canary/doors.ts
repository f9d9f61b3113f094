// Sends canary requests as any application would: to the agent's own receivers, over the network, in each encoding.
import * as grpc from '@grpc/grpc-js';
import { encodeUtf8, type Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import type { Codec } from '../../otlp/index.ts';
import type { Poster } from '../ports/index.ts';
import { grpcExportPath } from '../receive/index.ts';
import type { CanaryDocument } from './probes.ts';

export interface Doors {
  /** Rejects with an Error that says what the receiver answered. */
  send(document: CanaryDocument): Promise<void>;
  close(): void;
}

const timeoutMs = 5000;
const httpPaths: Readonly<Record<Signal, string>> = { logs: '/v1/logs', spans: '/v1/traces', metrics: '/v1/metrics' };

export function openDoors({ http, grpc: grpcPort, host, poster, codec }: { readonly http: number; readonly grpc: number; readonly host: string; readonly poster: Poster; readonly codec: Pick<Codec, 'jsonToProtobuf'> }): Doors {
  const client = new grpc.Client(`${host}:${grpcPort}`, grpc.credentials.createInsecure());
  const post = async (signal: Signal, type: string, body: Uint8Array): Promise<void> => {
    const { status } = await poster.post(`http://${host}:${http}${httpPaths[signal]}`, { 'content-type': type }, body, timeoutMs);
    if (status !== 200) throw new Error(`The agent's OTLP/HTTP receiver answered ${status}.`);
  };
  return {
    async send({ input, signal, document }) {
      const json = encodeUtf8(JSON.stringify(document));
      if (input === 'OTLP/HTTP JSON') { await post(signal, 'application/json', json); return; }
      const bytes = valueOf(codec.jsonToProtobuf(signal, json));
      await (input === 'OTLP/gRPC' ? call(client, signal, bytes) : post(signal, 'application/x-protobuf', bytes));
    },
    close: () => { client.close(); poster.close(); },
  };
}

const same = (bytes: Buffer): Buffer => bytes;

function call(client: grpc.Client, signal: Signal, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(grpcExportPath(signal), same, same, Buffer.from(bytes), { deadline: Date.now() + timeoutMs }, (error) => {
      if (error === null) resolve();
      else reject(new Error(`The agent's OTLP/gRPC receiver answered: ${error.details}`));
    });
  });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
