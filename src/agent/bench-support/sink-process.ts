// A downstream that reads everything and keeps nothing; tells its port, and the bytes it has read when asked.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let bytes = 0;
const server = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => { bytes += chunk.length; });
  request.on('end', () => { response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': 0 }); response.end(); });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message) => {
  if (message === 'bytes') process.send?.({ bytes });
  if (message === 'stop') { server.close(); server.closeAllConnections(); process.disconnect?.(); }
});
