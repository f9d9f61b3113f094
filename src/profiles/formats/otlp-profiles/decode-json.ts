// OTLP ProfilesData out of JSON: lowerCamelCase names, 64-bit integers as text or numbers (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
import { asNumber, asRecord, asRecords, asText, type JsonRecord } from '../json/index.ts';
import { OtlpDictionary, type OnSample, type OtlpAttribute, type OtlpMessage, type OtlpProfile, type OtlpProfileSource, type OtlpText } from './message.ts';

export function decodeJson(message: JsonRecord): OtlpMessage {
  const profiles: OtlpProfileSource[] = [];
  for (const resourceProfiles of asRecords(message['resourceProfiles'])) {
    const resource = readResource(resourceProfiles['resource']);
    for (const scope of asRecords(resourceProfiles['scopeProfiles'])) {
      for (const profile of asRecords(scope['profiles'])) {
        const facts = readFacts(profile, resource);
        profiles.push({ facts, eachSample: (visit) => { eachSample(profile, facts.timeUnixNano, visit); } });
      }
    }
  }
  return { dictionary: readDictionary(asRecord(message['dictionary'])), profiles };
}

const integer = (value: unknown): number => asNumber(value) || 0;
const integers = (value: unknown): number[] => (Array.isArray(value) ? value.map(integer) : []);

function readFacts(profile: JsonRecord, resource: readonly OtlpAttribute[]): OtlpProfile {
  const type = asRecord(profile['sampleType']);
  return { type: integer(type['typeStrindex']), unit: integer(type['unitStrindex']), timeUnixNano: nanos(profile['timeUnixNano']), durationNanos: integer(profile['durationNano']), resource };
}

function nanos(value: unknown): bigint {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  return typeof value === 'number' && Number.isSafeInteger(Math.trunc(value)) ? BigInt(Math.trunc(value)) : 0n;
}

function eachSample(profile: JsonRecord, timeUnixNano: bigint, visit: OnSample): void {
  for (const sample of asRecords(profile['samples'])) {
    const times = Array.isArray(sample['timestampsUnixNano']) ? sample['timestampsUnixNano'].map((time) => Number(nanos(time) - timeUnixNano)) : [];
    visit({ stack: integer(sample['stackIndex']), attributes: integers(sample['attributeIndices']), values: integers(sample['values']), times });
  }
}

function readResource(resource: unknown): readonly OtlpAttribute[] {
  return asRecords(asRecord(resource)['attributes']).map(({ key, keyStrindex, value }) => ({ key: keyStrindex === undefined ? asText(key) : integer(keyStrindex), value: readAnyValue(value) }));
}

function readAnyValue(value: unknown): OtlpText {
  const { stringValue, intValue, doubleValue, boolValue, stringValueStrindex } = asRecord(value);
  if (stringValueStrindex !== undefined) return integer(stringValueStrindex);
  const given = stringValue ?? intValue ?? doubleValue ?? boolValue;
  return typeof given === 'object' || given === undefined ? '' : String(given);
}

function readDictionary(json: JsonRecord): OtlpDictionary {
  const tables = new OtlpDictionary();
  for (const text of Array.isArray(json['stringTable']) ? json['stringTable'] : []) tables.strings.push(asText(text));
  for (const mapping of asRecords(json['mappingTable'])) tables.mappings.push(integer(mapping['filenameStrindex']));
  for (const { nameStrindex, systemNameStrindex, filenameStrindex, startLine } of asRecords(json['functionTable'])) {
    tables.functions.push({ name: integer(nameStrindex), systemName: integer(systemNameStrindex), file: integer(filenameStrindex), line: integer(startLine) });
  }
  for (const { keyStrindex, value } of asRecords(json['attributeTable'])) tables.attributes.push({ key: integer(keyStrindex), value: readAnyValue(value) });
  for (const { locationIndices } of asRecords(json['stackTable'])) tables.stacks.push(integers(locationIndices));
  for (const location of asRecords(json['locationTable'])) addLocation(tables, location);
  return tables;
}

function addLocation({ locations }: OtlpDictionary, { mappingIndex, address, lines }: JsonRecord): void {
  locations.lineStart.push(locations.lineFunction.count);
  for (const { functionIndex, line } of asRecords(lines)) {
    locations.lineFunction.push(integer(functionIndex));
    locations.lineNumber.push(integer(line));
  }
  locations.mapping.push(integer(mappingIndex));
  locations.address.push(typeof address === 'string' && /^\d{16,20}$/.test(address) ? BigInt(address) : integer(address));
  locations.count++;
}
