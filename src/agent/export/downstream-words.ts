// What a downstream said with an error, for people: google.rpc.Status in protobuf or JSON, or whatever text it sent.
import { decodeUtf8 } from '../../base/index.ts';
import { decodeStatus } from '../../otlp/index.ts';
import { createScanner } from '../../redaction/index.ts';
import type { PostReply } from '../ports/index.ts';

export function said({ status, contentType, body }: PostReply): string {
  const words = oneLine(body.length === 0 ? '' : wordsOf(contentType, body));
  return words === '' ? `The downstream answered ${status}` : `The downstream answered ${status}: ${words}`;
}

function wordsOf(contentType: string, body: Uint8Array): string {
  if (contentType.startsWith('application/x-protobuf')) return decodeStatus(body)?.message ?? '';
  const text = decodeUtf8(body);
  return contentType.startsWith('application/json') ? (jsonMessage(text) ?? text) : text;
}

function jsonMessage(text: string): string | null {
  try {
    const message = (JSON.parse(text) as { message?: unknown } | null)?.message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** A downstream may quote what it was sent, and what it says is kept and shown. */
const scanner = createScanner(['*']);
const withoutSecrets = (text: string): string => (scanner.ok ? scanner.value.redactText(text, 'mask')?.text ?? text : '');
const mostQuoted = 4096;

/** At most 300 characters: it is shown in status lists. */
const oneLine = (text: string): string => withoutSecrets(text.slice(0, mostQuoted)).replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 300);
