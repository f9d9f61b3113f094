// Which artifacts stand beside each other: those that the address names, else the most telling ones. Pure.
import { profileFormats, type Artifact, type Incident } from '../../../../model/index.ts';

export type Side = 'left' | 'right';
export type BodyName = 'profile' | 'recording' | 'heap' | 'packets' | 'text';
/** In the address of a side that a person closed. */
export const closedSide = 'none';

const textFormats = new Set<string>(['json', 'jsonl', 'text']);

/** What shows it in place; null for what only other programs read. */
export function bodyOf({ format }: Pick<Artifact, 'format'>): BodyName | null {
  if (format === 'otlp-frames') return 'recording';
  if (format === 'heapsnapshot') return 'heap';
  if (format === 'pcap' || format === 'pcapng') return 'packets';
  if (profileFormats.has(format)) return 'profile';
  return textFormats.has(format) ? 'text' : null;
}

export const canOpen = (artifact: Pick<Artifact, 'format' | 'state'>): boolean => artifact.state === 'stored' && bodyOf(artifact) !== null;

export interface Pair<T> { readonly left: T; readonly right: T }

/** What says most about a cause comes first. */
const tellingLeft: readonly Artifact['kind'][] = ['cpu-profile', 'heap-profile', 'thread-stacks', 'state', 'config', 'command-output'];

/** A profile and the records of its time. Dumps and captures are left to a person: they are sensitive, large, and each reading is in the audit. */
export function tellingPair({ openedAt, openedBy }: Pick<Incident, 'openedAt' | 'openedBy'>, artifacts: readonly Artifact[]): Pair<string | null> {
  const opened = Date.parse(openedAt);
  const shown = artifacts.filter(artifact => canOpen(artifact) && !artifact.sensitive);
  const away = ({ fromUnixMs, createdUnixMs, toUnixMs, kind }: Artifact) => Math.abs((kind === 'recorder' ? toUnixMs ?? createdUnixMs : fromUnixMs ?? createdUnixMs) - opened);
  const others = ({ rule }: Artifact) => Number(openedBy.kind === 'net' && rule !== openedBy.name);
  const best = (kind: Artifact['kind']) => shown.filter(artifact => artifact.kind === kind).toSorted((a, b) => others(a) - others(b) || away(a) - away(b))[0]?.id ?? null;
  return { left: tellingLeft.map(best).find(id => id !== null) ?? null, right: best('recorder') };
}

/** @param named in the address @param telling what is open where it names nothing */
export function openPair(named: { readonly left?: string | undefined; readonly right?: string | undefined }, telling: Pair<string | null>): Pair<string | null> {
  const of = (side: Side, other: Side) => {
    const id = named[side];
    if (id !== undefined) return id === closedSide ? null : id;
    return telling[side] === named[other] ? null : telling[side];
  };
  return { left: of('left', 'right'), right: of('right', 'left') };
}

/** An artifact on a side; it leaves the other side, for twice the same says nothing. Null closes the side. */
export function putOn(pair: Pair<string | null>, side: Side, id: string | null): Pair<string> {
  const other = side === 'left' ? 'right' : 'left';
  const rest = pair[other] === id ? null : pair[other];
  return { [side]: id ?? closedSide, [other]: rest ?? closedSide } as unknown as Pair<string>;
}

/** The times that the open ones are about. */
export function openSpans(artifacts: readonly Artifact[], pair: Pair<string | null>): readonly { readonly side: Side; readonly name: string; readonly fromMs: number; readonly toMs: number }[] {
  return (['left', 'right'] as const).flatMap(side => {
    const shown = artifacts.find(({ id }) => id === pair[side]);
    return shown === undefined ? [] : [{ side, name: shown.name, fromMs: shown.fromUnixMs ?? shown.createdUnixMs, toMs: shown.toUnixMs ?? shown.createdUnixMs }];
  });
}
