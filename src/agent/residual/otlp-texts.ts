// Every text in an export request, with where it stands: read from the wire by the field numbers of opentelemetry-proto, and not by
// the code that redacts. Nothing that leaves is skipped: values that come twice, fields that nobody knows and what is broken are
// texts too. Places, paths and durable ids are called as that code calls them: a leak and what stops it are one row of the audit
// (residual-places.test.ts holds the two together).
import type { RedactionPlace, Signal } from '../../model/index.ts';
import { isSecretName } from '../../redaction/index.ts';
import { fieldsOf, held, varint, type Field } from './wire.ts';

export interface RecordOrigin { readonly signal: Signal; readonly service: string; readonly durableId: string; /** `file:line`. */ readonly source: string }
export interface PlacedText {
  readonly place: RedactionPlace;
  /** Keys from the top one (or `body`) down, with dots between; of a field without key its name. */
  readonly path: string;
  /** The innermost of them, or the one above that says that all below it is secret; empty where there is none. */
  readonly key: string;
  readonly text: string;
  /** A whole number in its decimal digits. */
  readonly isNumber?: true;
}

type Member = (data: Buffer) => Iterable<PlacedText>;
/** By field number; what is not in it is looked at as it is. */
type Shape = Readonly<Record<number, Member>>;

const nothing: Member = () => [];
const text = (place: RedactionPlace, path: string, key = ''): Member => (data) => plain(place, path, key, data.toString());
/** An identifier is so long and no text; of another length it is looked at. */
const id = (length: number): Member => (data) => (data.length === length ? [] : plain('other', 'trace or span id', '', data.toString()));
const within = (shape: Shape): Member => (data) => textsOf(data, shape);
const attribute = (place: RedactionPlace): Member => (data) => pairTexts(place, data, '', '', 0);

const eventShape: Shape = { 2: text('event', 'name'), 3: attribute('event') };
const linkShape: Shape = { 1: id(16), 2: id(8), 3: text('link', 'traceState'), 4: attribute('link') };
const exemplarShape: Shape = { 4: id(8), 5: id(16), 7: attribute('metric') };
const entityShape: Shape = { 1: text('resource', 'schemaUrl'), 2: text('resource', 'type'), 3: text('resource', 'idKeys'), 4: text('resource', 'descriptionKeys') };
const resourceShape: Shape = { 1: attribute('resource'), 3: within(entityShape) };
/** A version is known by its name: `1.2.3.4` is no address there. */
const scopeShape: Shape = { 1: text('scope', 'name'), 2: text('scope', 'version', 'version'), 3: attribute('scope') };
const holderShape: Shape = { 1: within(resourceShape), 2: nothing, 3: text('resource', 'schemaUrl') };
const groupShape: Shape = { 1: within(scopeShape), 2: nothing, 3: text('scope', 'schemaUrl') };
const recordShapes: Readonly<Record<'logs' | 'spans', Shape>> = {
  logs: { 3: text('name', 'severityText'), 5: (data) => valueTexts('body', 'body', '', data, 0), 6: attribute('attribute'), 9: id(16), 10: id(8), 12: text('name', 'eventName') },
  spans: { 1: id(16), 2: id(8), 3: text('other', 'traceState'), 4: id(8), 5: text('name', 'name'), 9: attribute('attribute'), 11: within(eventShape), 13: within(linkShape), 15: within({ 2: text('other', 'message') }) },
};
/** A metric surrounds its points, which are the records; lists of numbers are no text. */
const pointShapes: Readonly<Record<number, { readonly attributes: number; readonly shape: Shape }>> = {
  5: { attributes: 7, shape: { 5: within(exemplarShape), 7: attribute('attribute') } }, 7: { attributes: 7, shape: { 5: within(exemplarShape), 7: attribute('attribute') } },
  9: { attributes: 9, shape: { 6: nothing, 7: nothing, 8: within(exemplarShape), 9: attribute('attribute') } },
  10: { attributes: 1, shape: { 1: attribute('attribute'), 8: nothing, 9: nothing, 11: within(exemplarShape) } },
  11: { attributes: 7, shape: { 6: nothing, 7: attribute('attribute') } },
};
const dataMembers: Shape = Object.fromEntries(Object.keys(pointShapes).map((no) => [no, within({ 1: nothing })]));
const metricShape: Shape = { 1: text('name', 'name'), 2: text('metric', 'description'), 3: text('metric', 'unit'), 12: attribute('metric'), ...dataMembers };

/** A record, or (number -1, without durable id) what surrounds records. Read when asked for: most records of a large request are not. */
export interface PlacedRecord { readonly index: number; readonly origin: () => RecordOrigin; readonly texts: () => Iterable<PlacedText> }

/** Each record in order, numbered from 0, and behind those of a resource what surrounds them. */
export function* recordsOf(signal: Signal, request: Uint8Array): Generator<PlacedRecord, void> {
  const message = Buffer.from(request.buffer, request.byteOffset, request.length);
  let index = 0;
  for (const holder of held(message, 1)) {
    const service = attributeText(held(holder, 1).flatMap((resource) => held(resource, 1)), 'service.name');
    for (const group of held(holder, 2)) {
      for (const record of held(group, 2)) {
        for (const { attributes, texts } of signal === 'metrics' ? points(record) : [recordOf(signal, record)]) yield { index: index++, origin: () => originOf(signal, service, record, attributes()), texts };
      }
    }
    yield { index: -1, origin: () => ({ signal, service, durableId: '', source: '' }), texts: () => textsAround(signal, holder) };
  }
  yield { index: -1, origin: () => ({ signal, service: '', durableId: '', source: '' }), texts: () => textsOf(message, { 1: nothing }) };
}

function* textsAround(signal: Signal, holder: Buffer): Iterable<PlacedText> {
  yield* textsOf(holder, holderShape);
  for (const group of held(holder, 2)) {
    yield* textsOf(group, groupShape);
    if (signal === 'metrics') for (const metric of held(group, 2)) yield* textsOf(metric, metricShape);
  }
}

interface RecordParts { readonly attributes: () => readonly Buffer[]; readonly texts: () => Iterable<PlacedText> }

const recordOf = (signal: 'logs' | 'spans', record: Buffer): RecordParts => ({ attributes: () => held(record, signal === 'logs' ? 6 : 9), texts: () => textsOf(record, recordShapes[signal]) });

function* points(metric: Buffer): Iterable<RecordParts> {
  for (const { no, wire, data } of fieldsOf(metric)) {
    const known = wire === 2 ? pointShapes[no] : undefined;
    if (known !== undefined) for (const point of held(data, 1)) yield { attributes: () => held(point, known.attributes), texts: () => textsOf(point, known.shape) };
  }
}

function* textsOf(message: Buffer, shape: Shape): Iterable<PlacedText> {
  for (const { no, wire, data } of fieldsOf(message)) if (wire === 2) yield* shape[no]?.(data) ?? unknown(no, data);
}

const unknown = (no: number, data: Buffer): Iterable<PlacedText> => plain('other', no === 0 ? 'unreadable' : `field ${no}`, '', data.toString());

function* plain(place: RedactionPlace, path: string, key: string, of: string): Iterable<PlacedText> {
  if (of !== '') yield { place, path, key, text: of };
}

/** Deeper ones are looked at as they are. */
const deepest = 64;

/** An attribute or an entry of a map. The key itself is looked at too. `above`: the path of what holds it, with its dot; `secret`: the
 *  name above it that says that all below is secret. */
function* pairTexts(place: RedactionPlace, pair: Buffer, above: string, secret: string, depth: number): Iterable<PlacedText> {
  const names = held(pair, 1).map(String);
  const name = names.at(-1) ?? '';
  for (const one of names) yield { place, path: above + one, key: '', text: one };
  for (const { no, wire, data } of fieldsOf(pair)) {
    if (wire !== 2 || no === 1) continue;
    yield* no === 2 ? valueTexts(place, above + name, secret === '' ? name : secret, data, depth) : unknown(no, data);
  }
}

function* valueTexts(place: RedactionPlace, path: string, key: string, value: Buffer, depth: number): Iterable<PlacedText> {
  if (depth > deepest) { yield* plain(place, path, key, value.toString()); return; }
  const secret = isSecretName(key) ? key : '';
  for (const field of fieldsOf(value)) {
    const { no, wire, data } = field;
    if (wire !== 2) yield* number(place, path, key, field);
    else if (no === 1 || no === 7) yield* plain(place, path, key, data.toString());
    else if (no === 5) yield* listTexts(data, (one) => valueTexts(place, path, key, one, depth + 1));
    else if (no === 6) yield* listTexts(data, (one) => pairTexts(place, one, `${path}.`, secret, depth + 1));
    else yield* unknown(no, data);
  }
}

const listTexts = (list: Buffer, each: Member): Iterable<PlacedText> => textsOf(list, { 1: each });

function* number(place: RedactionPlace, path: string, key: string, field: Field): Iterable<PlacedText> {
  const digits = wholeNumber(field);
  if (digits !== '') yield { place, path, key, text: digits, isNumber: true };
}

/** Of an AnyValue: an int, or a double that is one. */
function wholeNumber({ no, wire, data }: Field): string {
  if (no === 3 && wire === 0) return String(BigInt.asIntN(64, varint(data)));
  const value = no === 4 && wire === 1 ? data.readDoubleLE(0) : Number.NaN;
  return Number.isSafeInteger(value) ? String(value) : '';
}

/** Of a key that is there twice the last counts. */
function attributeText(list: readonly Buffer[], key: string): string {
  const pair = list.findLast((one) => held(one, 1).at(-1)?.toString() === key);
  const [field] = pair === undefined ? [] : held(pair, 2).flatMap((value) => [...fieldsOf(value)]).slice(-1);
  if (field === undefined) return '';
  return field.no === 1 && field.wire === 2 ? field.data.toString() : wholeNumber(field);
}

/** Semantic conventions since 1.33, then the names that they replaced. */
const locations = [['code.file.path', 'code.line.number'], ['code.filepath', 'code.lineno']] as const;
const nameFields: Readonly<Record<Signal, number>> = { logs: 12, spans: 5, metrics: 1 };

/** As the durable id of product.md has it: the name, else `file:line` of a log's code attributes. */
function originOf(signal: Signal, service: string, named: Buffer, attributes: readonly Buffer[]): RecordOrigin {
  const source = locations.map(([file, line]) => [attributeText(attributes, file), attributeText(attributes, line)]).find(([file, line]) => file !== '' && line !== '')?.join(':') ?? '';
  const name = held(named, nameFields[signal]).at(-1)?.toString() ?? '';
  return { signal, service, durableId: name !== '' ? name : signal === 'logs' ? source : '', source };
}
