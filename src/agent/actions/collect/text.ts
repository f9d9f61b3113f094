// Texts that leave the machine go through the detectors first. Large ones in parts, with a breath between, so that the agent goes on
// working; a part ends with a line, and never inside a PEM block.

/** `key` is the name under which the text stands, which may say that all of it is secret. */
export type RedactText = (text: string, key?: string) => { readonly text: string; readonly findings: number };

const partUnits = 48 * 1024;
const mostPartUnits = 1024 * 1024;

export async function redactLong(redact: RedactText, text: string): Promise<{ readonly text: string; readonly findings: number }> {
  let [out, findings] = ['', 0];
  for (let from = 0; from < text.length;) {
    const to = partEnd(text, from);
    const part = redact(text.slice(from, to));
    out += part.text;
    findings += part.findings;
    from = to;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  return { text: out, findings };
}

export function partEnd(text: string, from: number): number {
  if (from + partUnits >= text.length) return text.length;
  const line = text.indexOf('\n', from + partUnits);
  const end = line < 0 || line - from > mostPartUnits ? Math.min(text.length, from + mostPartUnits) : line + 1;
  const begin = text.lastIndexOf('-----BEGIN', end);
  if (begin < from) return end;
  const close = text.indexOf('-----END', begin);
  if (close < 0 || close < end || close - from > mostPartUnits) return end;
  const after = text.indexOf('\n', close);
  return after < 0 ? text.length : after + 1;
}

/** Each text in a value, under the name it has there. Numbers stay: those of the kernel only look like somebody's. */
export function redactStrings(value: unknown, redact: RedactText, key?: string): unknown {
  if (typeof value === 'string') return redact(value, key).text;
  if (Array.isArray(value)) return value.map((one) => redactStrings(one, redact, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactStrings(inner, redact, name)]));
}

/** Text when it is UTF-8 without zeros. */
export function asText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return null; }
}
