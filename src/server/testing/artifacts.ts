// Artifacts for tests: bytes with their announcement, and how an agent sends them.
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { uploadOffsetHeader, type ArtifactMeta, type UploadStatus } from '../../model/index.ts';
import { agentToken, type TestServer } from './test-server.ts';

export const agentId = 'a'.repeat(32);

export function metaOf(bytes: Uint8Array, more: Partial<ArtifactMeta> = {}): ArtifactMeta {
  return {
    id: randomBytes(16).toString('hex'), sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, kind: 'other', format: 'binary', name: 'some.bin', createdUnixMs: Date.now(), sensitive: false,
    summary: 'Some bytes', service: null, process: null, action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {}, ...more,
  };
}

export interface UploadReply { readonly status: number; readonly offset: number; readonly body: UploadStatus }

const authorization = `Bearer ${agentToken}`;
async function reply(response: Response): Promise<UploadReply> {
  const text = await response.text();
  return { status: response.status, offset: Number(response.headers.get(uploadOffsetHeader) ?? -1), body: (text === '' ? null : JSON.parse(text)) as UploadStatus };
}

export const begin = async (server: TestServer, meta: ArtifactMeta): Promise<UploadReply> =>
  reply(await fetch(`${server.url}/agent/v1/artifacts?agent=${agentId}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(meta) }));
export const add = async (server: TestServer, id: string, offset: number, bytes: Uint8Array): Promise<UploadReply> =>
  reply(await fetch(`${server.url}/agent/v1/artifacts/${id}?agent=${agentId}`, { method: 'PATCH', headers: { authorization, [uploadOffsetHeader]: String(offset) }, body: bytes as Uint8Array<ArrayBuffer> }));
export const offsetOf = async (server: TestServer, id: string): Promise<UploadReply> => reply(await fetch(`${server.url}/agent/v1/artifacts/${id}`, { method: 'HEAD', headers: { authorization } }));

/** All in one piece. */
export async function upload(server: TestServer, bytes: Uint8Array, more: Partial<ArtifactMeta> = {}): Promise<ArtifactMeta> {
  const meta = metaOf(bytes, more);
  const begun = await begin(server, meta);
  if (begun.body.state === 'partial') await add(server, meta.id, 0, bytes);
  return meta;
}

/** Announces `announced` bytes, sends these, and holds the connection: `add` sends more, `cut` ends it without a word. */
export function sendPart(server: TestServer, id: string, offset: number, bytes: Uint8Array, announced: number): { readonly add: (more: Uint8Array) => void; readonly cut: () => Promise<void> } {
  const sending = request(`${server.url}/agent/v1/artifacts/${id}?agent=${agentId}`, { method: 'PATCH', headers: { authorization, [uploadOffsetHeader]: String(offset), 'content-length': announced } });
  const closed = new Promise<void>((resolve) => { sending.on('close', () => { resolve(); }); });
  sending.on('error', () => undefined);
  sending.write(bytes);
  sending.on('response', (response) => { response.resume(); });
  return { add: (more) => { sending.write(more); }, cut: async () => { sending.destroy(); await closed; } };
}
