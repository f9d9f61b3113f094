// The load: `load-process.ts http|grpc PORT CONNECTIONS [mined]`; mined: of records that have no name. Each connection posts the next request as soon as the last one was
// answered. Tells the number of acknowledged requests when asked.
import * as grpc from '@grpc/grpc-js';
import { Agent, request as httpRequest } from 'node:http';
import { request } from './workload.ts';

const [protocol = '', port = '', connections = '', load = 'named'] = process.argv.slice(2);
const body = Buffer.from(request(load === 'named'));
let acknowledged = 0;
let stopped = false;

const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const postHttp = (): Promise<void> => new Promise((resolve, reject) => {
  const post = httpRequest({ host: '127.0.0.1', port, path: '/v1/logs', method: 'POST', agent, headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length } }, (response) => {
    if (response.statusCode !== 200) reject(new Error(`The agent answered ${response.statusCode}`));
    response.resume();
    response.on('end', resolve);
  });
  post.on('error', reject);
  post.end(body);
});

const identity = (bytes: Buffer): Buffer => bytes;
const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
const postGrpc = (): Promise<void> => new Promise((resolve, reject) => {
  client.makeUnaryRequest('/opentelemetry.proto.collector.logs.v1.LogsService/Export', identity, identity, body, (error) => { if (error) reject(error); else resolve(); });
});

const post = protocol === 'grpc' ? postGrpc : postHttp;
async function loop(): Promise<void> {
  while (!stopped) {
    await post();
    acknowledged++;
  }
}
process.on('message', (message) => {
  if (message === 'count') process.send?.({ acknowledged });
  if (message === 'stop') stopped = true;
});
await Promise.all(Array.from({ length: Number(connections) }, loop));
agent.destroy();
client.close();
process.send?.({ acknowledged }, () => process.disconnect?.());
