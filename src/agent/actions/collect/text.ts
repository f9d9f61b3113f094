// Texts that leave the machine go through the detectors first. Large ones in parts, with a breath between, so that the agent goes on
// working; a part ends with a line, or where there are none not within a secret and its name, and never inside a PEM block.
import { isUtf8 } from 'node:buffer';

/** `key` is the name under which the text stands, which may say that all of it is secret. `spans`: where in the given text the findings were. */
type Spans = readonly { readonly start: number; readonly end: number }[];
export type RedactText = (text: string, key?: string) => { readonly text: string; readonly findings: number; readonly spans?: Spans };

const partUnits = 48 * 1024;
const mostPartUnits = 64 * 1024;
const mostBlockUnits = 1024 * 1024;
/** So much on either side is looked at for a secret that stands across an end without a line's end, and so far before a secret its name may stand. */
const [besideUnits, nameUnits] = [32 * 1024, 128];

export async function redactLong(redact: RedactText, text: string): Promise<{ readonly text: string; readonly findings: number }> {
  let [out, findings] = ['', 0];
  for (let from = 0; from < text.length;) {
    const end = partEnd(text, from);
    const to = besideSecrets(redact, text, from, end);
    if (text[end - 1] !== '\n') await breath();
    const part = redact(text.slice(from, to));
    out += part.text;
    findings += part.findings;
    from = behindOpenBlock(text, from, to, part.spans);
    await breath();
  }
  return { text: out, findings };
}

/** A key that is longer than a part is hidden to the part's end: the rest of it, which no detector would know for one, goes with it. */
function behindOpenBlock(text: string, from: number, to: number, spans: Spans = []): number {
  if (!spans.some(({ start, end }) => from + end >= to - 1 && text.startsWith('-----BEGIN', from + start))) return to;
  const rest = text.slice(to, to + mostBlockUnits);
  const close = rest.indexOf('-----END');
  return close < 0 || rest.lastIndexOf('-----BEGIN', close) >= 0 ? to : to + (/-----END[^\n-]{0,100}-{0,5}\n?/.exec(rest.slice(close))?.[0].length ?? 0) + close;
}

const breath = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** An end within a secret, or between its name and it, moves behind it: half of one is no secret to a detector. */
function besideSecrets(redact: RedactText, text: string, from: number, to: number): number {
  if (to === text.length || text[to - 1] === '\n') return to;
  const first = Math.max(from, to - besideUnits);
  let end = to - first;
  const spans = (redact(text.slice(first, to + besideUnits)).spans ?? []).toSorted((a, b) => a.start - b.start);
  const across = spans.find(({ start, end: behind }) => start - nameUnits < end && end < behind);
  if (across !== undefined) end = across.end;
  // Two that overlap are one; the name of the next one stands behind the one before.
  for (const span of spans) if (span.start < end && end < span.end) end = span.end;
  return first + end;
}

/** Looks no further than a part may go: however long the text, each of it is looked at a few times. Rather before a line that is not indented, for what is
 *  indented may be the value of a name above it; a PEM block that would be cut begins the next part. */
export function partEnd(text: string, from: number): number {
  if (from + partUnits >= text.length) return text.length;
  const most = text.slice(from, from + mostPartUnits);
  const end = lineEnd(most);
  const begin = most.slice(0, end).lastIndexOf('-----BEGIN');
  const close = begin < 0 ? -1 : most.indexOf('-----END', begin);
  if (begin < 0 || (close >= 0 && close < end)) return from + end;
  const after = close < 0 ? -1 : most.indexOf('\n', close);
  if (after >= 0) return from + after + 1;
  return begin > 0 ? from + begin : from + end;
}

function lineEnd(most: string): number {
  const first = most.indexOf('\n', partUnits);
  if (first < 0) return most.length;
  const outermost = most.slice(first).search(/\n(?![\s-])/);
  return (outermost < 0 ? first : first + outermost) + 1;
}

/** Each text in a value, under the name it has there. Numbers stay: those of the kernel only look like somebody's. */
export function redactStrings(value: unknown, redact: RedactText, key?: string): unknown {
  if (typeof value === 'string') return redact(value, key).text;
  if (Array.isArray(value)) return value.map((one) => redactStrings(one, redact, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactStrings(inner, redact, name)]));
}

/** Of every hundred bytes of a text, at most so many may be none of text: a log with a torn line or a stray zero is still a log. */
const mostStrangePercent = 10;
const byteOrders: readonly (readonly [encoding: string, first: number, second: number])[] = [['utf-16le', 0xff, 0xfe], ['utf-16be', 0xfe, 0xff]];

/** Null for what is no text. Bytes that are no UTF-8 become replacement characters; UTF-16 is known by its byte-order mark. */
export function asText(bytes: Uint8Array): string | null {
  const wide = byteOrders.find(([, first, second]) => bytes[0] === first && bytes[1] === second);
  if (wide !== undefined) return new TextDecoder(wide[0]).decode(bytes);
  const controls = controlBytes(bytes);
  const text = controls * 100 > bytes.length * mostStrangePercent ? null : new TextDecoder().decode(bytes);
  return text !== null && !isUtf8(bytes) && replacements(text) * 100 > bytes.length * mostStrangePercent ? null : text;
}

/** 1 for those that do not occur in texts: tab, line ends, form feed and escape do. */
const isControl = Uint8Array.from({ length: 256 }, (_, byte) => ((byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1b) || byte === 0x7f ? 1 : 0));

function controlBytes(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) count += isControl[bytes[at]!]!;
  return count;
}

function replacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}

/** Secrets that can be read in bytes which are no text: in runs of letters as they stand, and with the zeros gone that stand between the letters of
 *  UTF-16. Nothing can be masked there without breaking the file. */
export async function findingsInBinary(redact: RedactText, bytes: Uint8Array): Promise<number> {
  const asItStands = await redactLong(redact, await readable(bytes, false));
  const narrow = await redactLong(redact, await readable(bytes, true));
  return Math.max(asItStands.findings, narrow.findings);
}

/** Of a run that is worth a look; noise has shorter ones, and a detector would see addresses in it. */
const leastRun = 8;
const bytesAtOnce = 256 * 1024;

/** Runs of letters, a line each, with a breath between; `narrow`: as if there were no zeros. */
async function readable(bytes: Uint8Array, narrow: boolean): Promise<string> {
  const out = Buffer.allocUnsafe(bytes.length + 1);
  let [at, run] = [0, 0];
  const endRun = (): void => { if (at - run < leastRun) at = run; else out[at++] = 0x0a; run = at; };
  for (let from = 0; from < bytes.length; from += bytesAtOnce) {
    for (let i = from; i < Math.min(bytes.length, from + bytesAtOnce); i++) {
      const byte = bytes[i]!;
      if ((byte >= 0x20 && byte <= 0x7e) || byte === 0x09) out[at++] = byte;
      else if (at > run && !(narrow && byte === 0)) endRun();
    }
    await breath();
  }
  endRun();
  return out.toString('latin1', 0, at);
}
