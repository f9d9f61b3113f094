// Values that are not secrets however random they look: ids and hashes that whole systems print. For detectors that go by
// the name before a value.

const uuid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** Lengths of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hex, and of span ids. */
const hexLengths = new Set([16, 32, 40, 56, 64, 96, 128]);
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export const isUuid = (text: string): boolean => uuid.test(text);
export const isHash = (text: string): boolean => /^(?:sha\d{1,3}[:-])?[0-9a-f]+$/i.test(text) && hexLengths.has(text.replace(/^sha\d{1,3}[:-]/i, '').length);
export const isUlid = (text: string): boolean => ulid.test(text);

/** Bits of surprise a character, by the text's own letters (Shannon, 1948): 4 and more for random base 62 of 24 characters. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
