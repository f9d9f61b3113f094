// One record of a static probe on its way to the rules, and batches of them as OTLP bytes.
import type { StaticPorts } from '../contract.ts';
import { encodeLogs, type LogInput, type Value } from '../../../otlp/index.ts';

export type Attributes = Record<string, Value>;
/** Attributes of the resource; undefined is left out. */
export type Resource = Readonly<Record<string, string | number | undefined>>;
export interface StaticRecord { readonly resource: Resource; readonly log: LogInput }

/** Records of one request at most. */
export const mostRecords = 1000;
const scope = 'weir.probes.static';

/** An ExportLogsServiceRequest with one ResourceLogs for each resource, in the order in which they first appear; each record names its probe. */
export function encodeBatch(records: readonly StaticRecord[], { id, name }: StaticPorts['probe']): Uint8Array {
  const whose = { 'weir.probe.id': id, 'weir.probe.name': name };
  const groups = [...byResource(records)].map(([resource, logs]) => encodeLogs(defined(resource), scope, logs.map((log) => ({ ...log, attributes: { ...log.attributes, ...whose } }))));
  // Requests joined byte by byte are one request: ResourceLogs is a repeated field, and repeated fields add up (protobuf encoding, merging).
  return groups.length === 1 ? groups[0]! : Buffer.concat(groups);
}

function byResource(records: readonly StaticRecord[]): Map<Resource, LogInput[]> {
  const [groups, same] = [new Map<Resource, LogInput[]>(), new Map<string, Resource>()];
  for (const { resource, log } of records) {
    let group = groups.get(resource);
    if (group === undefined) {
      const key = JSON.stringify(resource);
      const first = same.get(key) ?? resource;
      same.set(key, first);
      group = groups.get(first) ?? [];
      groups.set(first, group);
    }
    group.push(log);
  }
  return groups;
}

const defined = (resource: Resource): Attributes => Object.fromEntries(Object.entries(resource).filter((entry): entry is [string, string | number] => entry[1] !== undefined));

/** Sets what came from outside under whatever name it has: `__proto__` is a name like any other. */
export function setAttribute(attributes: Attributes, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true });
  else attributes[name] = value;
}
