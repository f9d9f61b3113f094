// A plain model of an export request for property tests: messages and fields in any order, with unknown fields and lengths
// written longer than they need be. It knows nothing of the code under test; requests.test.ts makes random ones.

export type Leaf = { readonly kind: 'field'; readonly bytes: readonly number[] };
export type RecordNode = { readonly kind: 'record'; readonly field: number; readonly pad: number; readonly body: readonly number[] };
export type MessageNode = { readonly kind: 'message'; readonly level: 'resource' | 'scope' | 'metric' | 'data'; readonly field: number; readonly pad: number; readonly parts: readonly Part[] };
export type Part = Leaf | RecordNode | MessageNode;

/** A varint, with `pad` bytes more than it needs. */
export function varint(value: number, pad = 0): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  bytes.push(value);
  for (let i = 0; i < pad; i++) { bytes[bytes.length - 1]! |= 0x80; bytes.push(0); }
  return bytes;
}

export const field = (number: number, wire: number, value: readonly number[]): number[] => [...varint(number * 8 + wire), ...(wire === 2 ? varint(value.length) : []), ...value];

export interface Placed { readonly body: readonly number[]; readonly resource: number; readonly scope: number }

/** Records in order, with the ordinals of what holds them. */
export function placed(parts: readonly Part[]): Placed[] {
  const list: Placed[] = [];
  let resource = -1;
  let scope = -1;
  const visit = (part: Part): void => {
    if (part.kind === 'record') list.push({ body: part.body, resource, scope });
    if (part.kind !== 'message') return;
    if (part.level === 'resource') resource++;
    if (part.level === 'scope') scope++;
    part.parts.forEach(visit);
  };
  parts.forEach(visit);
  return list;
}

type Written = { readonly bytes: number[]; readonly records: number; readonly kept: number; readonly changed: boolean };

/** The request's bytes with each record kept, dropped or replaced; without outcomes, all kept. */
export function write(parts: readonly Part[], outcome: readonly (null | false | Uint8Array)[] = []): Uint8Array {
  let next = 0;
  const all = (list: readonly Part[]): Written => list.map(one).reduce((sum, part) => ({
    bytes: [...sum.bytes, ...part.bytes], records: sum.records + part.records, kept: sum.kept + part.kept, changed: sum.changed || part.changed,
  }), { bytes: [], records: 0, kept: 0, changed: false });
  const one = (part: Part): Written => {
    if (part.kind === 'field') return { bytes: [...part.bytes], records: 0, kept: 0, changed: false };
    if (part.kind === 'record') {
      const what = outcome[next++] ?? null;
      if (what === false) return { bytes: [], records: 1, kept: 0, changed: true };
      const body = what ?? part.body;
      return { bytes: [...varint(part.field * 8 + 2), ...varint(body.length, what === null ? part.pad : 0), ...body], records: 1, kept: 1, changed: what !== null };
    }
    const inside = all(part.parts);
    if (inside.changed && inside.kept === 0) return { ...inside, bytes: [] };
    return { ...inside, bytes: [...varint(part.field * 8 + 2), ...varint(inside.bytes.length, inside.changed ? 0 : part.pad), ...inside.bytes] };
  };
  return Uint8Array.from(all(parts).bytes);
}
