// Sizes on the wire (protobuf), so that what is predicted of a rule and what is measured of it count the same bytes.
import { encodeUtf8 } from '../base/index.ts';
import { codec, type MetricPoint, type Value } from '../otlp/index.ts';

/** Bytes of a varint. */
export function varintBytes(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** A message field: tag (one byte, for fields below 16), length, body. */
const nested = (body: number): number => 1 + varintBytes(body) + body;

/** Records with tag and length, of the bytes of their bodies. A record's length is taken as the mean one. */
export const framedBytes = (records: number, bodyBytes: number): number => (records <= 0 ? 0 : bodyBytes + records * (1 + varintBytes(bodyBytes / records)));

/** One attribute: a KeyValue with its tag. `value`: bytes of the AnyValue's body. */
const keyValueBytes = (key: string, value: number): number => nested(nested(encodeUtf8(key).length) + nested(value));

/** An attribute that holds text of so many bytes. */
export const textAttributeBytes = (key: string, textBytes: number): number => keyValueBytes(key, nested(textBytes));
/** An attribute that holds a number, as the engine writes it: whole ones as varint, others as double. */
export const numberAttributeBytes = (key: string, value: number): number => keyValueBytes(key, Number.isSafeInteger(value) && value >= 0 ? 1 + varintBytes(value) : 9);

/** Bytes of the text in an attribute (or, without a key, in a text body) that takes `bytes` in all. */
export function textBytesWithin(key: string, bytes: number): number {
  const all = (text: number): number => (key === '' ? nested(nested(text)) : textAttributeBytes(key, text));
  let text = Math.max(0, Math.floor(bytes) - (all(0) || 0));
  while (text > 0 && all(text) > bytes) text--;
  return text;
}

/** Bytes of one data point of a metric that a rule makes, with its part of the metric around it, when a window gives `points` of them.
 *  @param attributes the points' attributes, values as long as they usually are */
export function pointBytes(name: string, attributes: Readonly<Record<string, Value>>, points: number): number {
  const point: MetricPoint = { name, unit: '', kind: 'sum', monotonic: true, value: 1, isInt: true, startUnixNano: 1n, timeUnixNano: 2n, attributes };
  const size = (count: number): number => codec.encodeMetrics({}, '', Array.from({ length: count }, () => point)).length;
  const [none, one, two] = [size(0), size(1), size(2)];
  // What a second point adds is the point; the rest of what the first one brought is the metric's, once.
  const each = two - one;
  return each + (one - none - each) / Math.max(1, points);
}
