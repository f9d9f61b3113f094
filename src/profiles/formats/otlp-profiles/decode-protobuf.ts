// OTLP ProfilesData (and ExportProfilesServiceRequest, which has the same fields) out of protobuf. Field numbers stand beside each message.
import { decodeUtf8, doubleAt, fixed32At } from '../../../base/index.ts';
import { eachField, eachPacked, idAt, integerAt } from '../proto/index.ts';
import { OtlpDictionary, type OnSample, type OtlpAttribute, type OtlpMessage, type OtlpProfile, type OtlpProfileSource, type OtlpText } from './message.ts';

type Range = readonly [from: number, to: number];

/** ProfilesData: resource_profiles 1, dictionary 2. Throws FormatFault. */
export function decodeProtobuf(bytes: Uint8Array, tell: (at: number) => void): OtlpMessage {
  const dictionary = new OtlpDictionary();
  const profiles: OtlpProfileSource[] = [];
  eachField(bytes, 0, bytes.length, ({ field, start, end }) => {
    if (field === 1) readResourceProfiles(bytes, [start, end], profiles);
    else if (field === 2) readDictionary(bytes, [start, end], dictionary);
    tell(end);
  });
  return { dictionary, profiles };
}

/** ResourceProfiles: resource 1, scope_profiles 2. ScopeProfiles: scope 1, profiles 2. */
function readResourceProfiles(bytes: Uint8Array, [from, to]: Range, profiles: OtlpProfileSource[]): void {
  const resource: OtlpAttribute[] = [];
  eachField(bytes, from, to, (outer) => {
    if (outer.field === 1) readResource(bytes, [outer.start, outer.end], resource);
    else if (outer.field === 2) {
      eachField(bytes, outer.start, outer.end, ({ field, start, end }) => {
        if (field === 2) profiles.push({ facts: readFacts(bytes, [start, end], resource), eachSample: (visit) => { eachSample(bytes, [start, end], visit); } });
      });
    }
  });
}

/** Resource: attributes 1. KeyValue: key 1, value 2, key_strindex 3. */
function readResource(bytes: Uint8Array, [from, to]: Range, resource: OtlpAttribute[]): void {
  eachField(bytes, from, to, (attribute) => {
    if (attribute.field !== 1) return;
    let [key, value]: [OtlpText, OtlpText] = ['', ''];
    eachField(bytes, attribute.start, attribute.end, ({ field, start, end }) => {
      if (field === 1) key = decodeUtf8(bytes, start, end);
      else if (field === 2) value = readAnyValue(bytes, [start, end]);
      else if (field === 3) key = integerAt(bytes, start);
    });
    resource.push({ key, value });
  });
}

/** AnyValue: string 1, bool 2, int 3, double 4, string_value_strindex 8; others read as ''. */
function readAnyValue(bytes: Uint8Array, [from, to]: Range): OtlpText {
  let text: OtlpText = '';
  eachField(bytes, from, to, ({ field, start, end }) => {
    if (field === 1) text = decodeUtf8(bytes, start, end);
    else if (field === 2 || field === 3) text = String(integerAt(bytes, start));
    else if (field === 4) text = String(doubleAt(bytes, start));
    else if (field === 8) text = integerAt(bytes, start);
  });
  return text;
}

/** Profile: sample_type 1, samples 2, time_unix_nano 3, duration_nano 4. ValueType: type_strindex 1, unit_strindex 2. */
function readFacts(bytes: Uint8Array, [from, to]: Range, resource: readonly OtlpAttribute[]): OtlpProfile {
  const facts = { type: 0, unit: 0, timeUnixNano: 0n, durationNanos: 0, resource };
  eachField(bytes, from, to, ({ field, start, end }) => {
    if (field === 1) [facts.type = 0, facts.unit = 0] = integers(bytes, [start, end], 2);
    else if (field === 3) facts.timeUnixNano = nanosAt(bytes, start);
    else if (field === 4) facts.durationNanos = Number(idAt(bytes, start));
  });
  return facts;
}

/** Values of the integer fields 1 to `count` of a message, 0 where absent. */
function integers(bytes: Uint8Array, [from, to]: Range, count: number): number[] {
  const values = Array.from({ length: count }, () => 0);
  eachField(bytes, from, to, ({ field, start, wire }) => { if (field <= count && wire === 0) values[field - 1] = integerAt(bytes, start); });
  return values;
}

/** Sample: stack_index 1, attribute_indices 2, link_index 3, values 4, timestamps_unix_nano 5. */
function eachSample(bytes: Uint8Array, [from, to]: Range, visit: OnSample): void {
  const { timeUnixNano } = readFacts(bytes, [from, to], []);
  eachField(bytes, from, to, (outer) => {
    if (outer.field !== 2) return;
    let stack = 0;
    const [attributes, values, times]: [number[], number[], number[]] = [[], [], []];
    eachField(bytes, outer.start, outer.end, (inner) => {
      if (inner.field === 1) stack = integerAt(bytes, inner.start);
      else if (inner.field === 2) eachPacked(inner, (at) => { attributes.push(integerAt(bytes, at)); });
      else if (inner.field === 4) eachPacked(inner, (at) => { values.push(integerAt(bytes, at)); });
      else if (inner.field === 5) for (let at = inner.start; at + 8 <= inner.end; at += 8) times.push(Number(nanosAt(bytes, at) - timeUnixNano));
    });
    visit({ stack, attributes, values, times });
  });
}

const nanosAt = (bytes: Uint8Array, at: number): bigint => (BigInt(fixed32At(bytes, at + 4)) << 32n) | BigInt(fixed32At(bytes, at));

/** ProfilesDictionary: mapping 1, location 2, function 3, link 4, string 5, attribute 6, stack 7. */
function readDictionary(bytes: Uint8Array, [from, to]: Range, tables: OtlpDictionary): void {
  eachField(bytes, from, to, (entry) => {
    const range: Range = [entry.start, entry.end];
    switch (entry.field) {
      case 1: tables.mappings.push(integers(bytes, range, 4)[3]!); break;
      case 2: readLocation(bytes, range, tables); break;
      case 3: {
        const [name = 0, systemName = 0, file = 0, line = 0] = integers(bytes, range, 4);
        tables.functions.push({ name, systemName, file, line });
        break;
      }
      case 5: tables.strings.push(decodeUtf8(bytes, entry.start, entry.end)); break;
      case 6: readAttribute(bytes, range, tables); break;
      case 7: tables.stacks.push(readStack(bytes, range)); break;
      default:
    }
  });
}

/** Location: mapping_index 1, address 2, lines 3. Line: function_index 1, line 2. */
function readLocation(bytes: Uint8Array, [from, to]: Range, { locations }: OtlpDictionary): void {
  let [mapping, address]: [number, number | bigint] = [0, 0];
  locations.lineStart.push(locations.lineFunction.count);
  eachField(bytes, from, to, ({ field, start, end }) => {
    if (field === 1) mapping = integerAt(bytes, start);
    else if (field === 2) address = idAt(bytes, start);
    else if (field === 3) {
      const [called = 0, line = 0] = integers(bytes, [start, end], 2);
      locations.lineFunction.push(called);
      locations.lineNumber.push(line);
    }
  });
  locations.mapping.push(mapping);
  locations.address.push(address);
  locations.count++;
}

/** KeyValueAndUnit: key_strindex 1, value 2, unit_strindex 3. */
function readAttribute(bytes: Uint8Array, [from, to]: Range, tables: OtlpDictionary): void {
  let [key, value]: [number, OtlpText] = [0, ''];
  eachField(bytes, from, to, ({ field, start, end }) => {
    if (field === 1) key = integerAt(bytes, start);
    else if (field === 2) value = readAnyValue(bytes, [start, end]);
  });
  tables.attributes.push({ key, value });
}

/** Stack: location_indices 1. */
function readStack(bytes: Uint8Array, [from, to]: Range): number[] {
  const rows: number[] = [];
  eachField(bytes, from, to, (field) => { if (field.field === 1) eachPacked(field, (at) => { rows.push(integerAt(bytes, at)); }); });
  return rows;
}
