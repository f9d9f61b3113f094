import { createHmac } from 'node:crypto';
import { crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { hmacSha256 } from './hmac-sha256.ts';

test('agrees with the platform on any key and message', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
    const want = createHmac('sha256', key).update(message).digest('hex');
    expect(Buffer.from(hmacSha256(key)(message)).toString('hex')).toBe(want);
  }));
});

test('CRC-32 agrees with zlib', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => { expect(crc32(bytes)).toBe(nodeCrc32(bytes)); }));
});
