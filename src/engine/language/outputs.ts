// What came out of the sandbox, read and bounded: JSON text that nobody vouches for becomes records, metrics and lines of log.
import type { Value } from '../../otlp/index.ts';
import type { Thrown } from './sandbox.ts';
import type { EmittedMetric, EmittedRecord, ScriptError } from './types.ts';

/** Bounds of one record or metric: what is beyond is cut, and counted. */
export const outputBounds = { depth: 8, textChars: 16_384, members: 128, keyChars: 256, nameChars: 256, unitChars: 63 } as const;

export interface ReadPieces {
  readonly emit: readonly EmittedRecord[];
  readonly metrics: readonly EmittedMetric[];
  readonly logs: readonly string[];
  readonly thrown: Thrown | null;
  /** Of the first that was refused. */
  readonly refusal: string | null;
  readonly refused: number;
  readonly cut: number;
}

const nothing: ReadPieces = { emit: [], metrics: [], logs: [], thrown: null, refusal: null, refused: 0, cut: 0 };

export function readPieces(pieces: string): ReadPieces {
  if (pieces === '') return nothing;
  const reader = new PieceReader();
  let all: unknown;
  try { all = JSON.parse(`[${pieces}]`); } catch { return { ...nothing, refused: 1, refusal: 'The sandbox gave something that is no JSON.' }; }
  for (const piece of all as readonly unknown[]) if (Array.isArray(piece)) reader.take(piece);
  return reader;
}

class Refusal extends Error {}
type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const recordMembers = new Set(['EventName', 'Body', 'SeverityNumber', 'Attributes']);

class PieceReader implements ReadPieces {
  readonly emit: EmittedRecord[] = [];
  readonly metrics: EmittedMetric[] = [];
  readonly logs: string[] = [];
  thrown: Thrown | null = null;
  refusal: string | null = null;
  refused = 0;
  cut = 0;

  take([kind, ...rest]: readonly unknown[]): void {
    try { this.#take(kind, rest); } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refused++;
      this.refusal ??= error.message;
    }
  }

  #take(kind: unknown, [first]: readonly unknown[]): void {
    if (kind === 'e') this.emit.push(this.#record(first));
    else if (kind === 'm') this.metrics.push(this.#metric(first));
    else if (kind === 'l') this.logs.push(String(first));
    else if (kind === 'x' && isMembers(first)) this.thrown ??= { name: String(first['name']), message: String(first['message']), stack: String(first['stack']) };
  }

  #record(given: unknown): EmittedRecord {
    if (!isMembers(given)) throw new Refusal('weir.emit takes an object.');
    const odd = Object.keys(given).find((key) => !recordMembers.has(key));
    if (odd !== undefined) throw new Refusal(`weir.emit knows no ${JSON.stringify(odd.slice(0, 60))}: a record has EventName, Body, SeverityNumber and Attributes.`);
    const { EventName: eventName = '', Body: body = null, SeverityNumber: severityNumber = 9, Attributes: attributes = {} } = given;
    if (typeof eventName !== 'string') throw new Refusal('EventName is text.');
    if (eventName === '' && body === null) throw new Refusal('A record needs an EventName or a Body.');
    if (typeof severityNumber !== 'number' || !Number.isInteger(severityNumber) || severityNumber < 1 || severityNumber > 24) throw new Refusal('SeverityNumber is a whole number from 1 to 24.');
    return { eventName: this.#text(eventName, outputBounds.nameChars), body: this.#value(body, 0), severityNumber, attributes: this.#attributes(attributes) };
  }

  #metric(given: unknown): EmittedMetric {
    const [name, value, attributes, unit, kind] = Array.isArray(given) ? (given as readonly unknown[]) : [];
    if (typeof name !== 'string' || name === '' || typeof value !== 'number' || !Number.isFinite(value) || typeof unit !== 'string') throw new Refusal('weir.metric takes a name and a finite number.');
    return { name: this.#text(name, outputBounds.nameChars), value, unit: this.#text(unit, outputBounds.unitChars), kind: kind === 'gauge' ? 'gauge' : 'sum', attributes: this.#attributes(attributes) };
  }

  #attributes(given: unknown): Readonly<Record<string, Value>> {
    if (!isMembers(given)) throw new Refusal('Attributes are an object.');
    return this.#members(given, 0);
  }

  #members(given: Members, depth: number): Record<string, Value> {
    const entries = Object.entries(given);
    if (entries.length > outputBounds.members) this.cut++;
    return Object.fromEntries(entries.slice(0, outputBounds.members).map(([key, value]) => [this.#text(key, outputBounds.keyChars), this.#value(value, depth + 1)]));
  }

  #value(given: unknown, depth: number): Value {
    if (typeof given === 'string') return this.#text(given, outputBounds.textChars);
    if (given === null || typeof given === 'number' || typeof given === 'boolean') return given;
    if (depth >= outputBounds.depth) { this.cut++; return null; }
    if (!Array.isArray(given)) return this.#members(given as Members, depth);
    if (given.length > outputBounds.members) this.cut++;
    return given.slice(0, outputBounds.members).map((one) => this.#value(one, depth + 1));
  }

  #text(given: string, most: number): string {
    if (given.length <= most) return given;
    this.cut++;
    return given.slice(0, most);
  }
}

/** Line and column of the first place in the script that a stack names. */
export function scriptError({ name, message, stack }: Thrown): ScriptError {
  const at = /rule\.js:(\d{1,9}):(\d{1,9})/.exec(stack);
  return { message: (name === '' || name === 'Error' ? message : `${name}: ${message}`) || 'It threw something without a message.', line: at === null ? null : Number(at[1]), column: at === null ? null : Number(at[2]) };
}
