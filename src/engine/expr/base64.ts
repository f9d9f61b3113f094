// Base64 (RFC 4648, section 4) without the platform.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digit = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) digit[alphabet.charCodeAt(i)] = i;

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[three >> 18]! + alphabet[(three >> 12) & 63]! + (i + 1 < bytes.length ? alphabet[(three >> 6) & 63]! : '=') + (i + 2 < bytes.length ? alphabet[three & 63]! : '=');
  }
  return text;
}

/** Null when the text is not base64; padding may be missing. */
export function decodeBase64(text: string): Uint8Array | null {
  let length = text.length;
  while (length > 0 && text[length - 1] === '=') length--;
  const body = text.slice(0, length);
  if (body.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor(body.length * 3 / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < body.length; i++) {
    const value = digit[body.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) { held -= 8; bytes[at++] = (bits >> held) & 0xff; }
  }
  return bytes;
}
