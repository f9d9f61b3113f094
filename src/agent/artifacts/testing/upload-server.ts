// A small server for tests that takes uploads as model/artifact.ts says, and fails in the ways that networks and servers do.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { uploadOffsetHeader, type ArtifactMeta, type UploadStatus } from '../../../model/index.ts';

interface Upload { readonly meta: ArtifactMeta; bytes: Buffer; stored: boolean }

export class UploadServer {
  readonly uploads = new Map<string, Upload>();
  readonly requests: { readonly method: string; readonly url: string; readonly authorization: string | undefined; readonly offset: string | undefined }[] = [];
  /** Answers instead of the true ones, one each. */
  readonly faults: { readonly status: number; readonly body: unknown }[] = [];
  /** The connection of a piece ends after so many of its bytes; null: never. */
  cutAfter: number | null = null;
  /** Does not answer the piece that brings an upload to so many bytes; null: answers all. */
  hangAt: number | null = null;
  /** Changes one byte of what arrives, so many times. */
  damage = 0;
  #server: Server | null = null;

  async start(port = 0): Promise<string> {
    const server = this.#server = createServer((request, response) => { this.#answer(request, response).catch(() => { response.destroy(); }); });
    await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/agent/v1/artifacts`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise((resolve) => { if (server === null) resolve(null); else server.close(resolve); });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.requests.push({ method, url, authorization: headers.authorization, offset: headers[uploadOffsetHeader] as string | undefined });
    const fault = this.faults.shift();
    if (fault !== undefined) { request.resume(); send(response, fault.status, fault.body); return; }
    if (method === 'POST') this.#begin(await json(request) as ArtifactMeta, response);
    else await this.#add(/artifacts\/(\w+)/.exec(url)?.[1] ?? '', Number(headers[uploadOffsetHeader]), request, response);
  }

  #begin(meta: ArtifactMeta, response: ServerResponse): void {
    const upload = this.uploads.get(meta.id) ?? { meta, bytes: Buffer.alloc(0), stored: false };
    this.uploads.set(meta.id, upload);
    this.#settle(upload, response);
  }

  async #add(id: string, offset: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const upload = this.uploads.get(id);
    if (upload === undefined) { request.resume(); send(response, 404, { error: { code: 'artifact.unknown', message: 'No upload has this id.' } }); return; }
    if (offset !== upload.bytes.length) { request.resume(); send(response, 409, this.#status(upload, 'Wrong offset.')); return; }
    const from = upload.bytes.length;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      const most = this.cutAfter === null ? Infinity : this.cutAfter - (upload.bytes.length - from);
      upload.bytes = Buffer.concat([upload.bytes, chunk.subarray(0, most)]);
      if (chunk.length >= most) { this.cutAfter = null; response.destroy(); return; }
    }
    if (this.hangAt !== null && upload.bytes.length >= this.hangAt) { this.hangAt = null; return; }
    if (this.damage > 0 && upload.bytes.length === upload.meta.bytes) { this.damage -= 1; upload.bytes[0]! ^= 1; }
    this.#settle(upload, response);
  }

  #settle(upload: Upload, response: ServerResponse): void {
    const { meta, bytes } = upload;
    upload.stored = bytes.length === meta.bytes && createHash('sha256').update(bytes).digest('hex') === meta.sha256;
    if (bytes.length === meta.bytes && !upload.stored) {
      this.uploads.delete(meta.id);
      send(response, 422, { id: meta.id, offset: 0, state: 'refused', problem: 'The hash is another one.' } satisfies UploadStatus);
    } else send(response, 200, this.#status(upload, null));
  }

  #status = ({ meta, bytes, stored }: Upload, problem: string | null): UploadStatus => ({ id: meta.id, offset: bytes.length, state: stored ? 'stored' : 'partial', problem });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
