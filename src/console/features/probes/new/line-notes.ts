// What stands behind the lines of a file: what the probes of its process saw there. Pure.
import { isProbeIn } from '../../../api/index.ts';
import type { CodeNote } from '../../../editor/index.ts';
import type { FleetProbe, ProbePlace } from '../../../../model/index.ts';
import { formatCount } from '../../../ui/index.ts';
import { roughly } from '../hit-words.tsx';
import { numberWords } from '../measured.tsx';
import { valuesLine } from '../words.ts';
import { isSame } from './file-list.tsx';

/** Characters behind one line, over all its probes. */
const longestLine = 120;

/** Oldest first, so that two at a line keep their order. */
export function notesOf(probes: readonly FleetProbe[], path: string, pid: number | undefined): readonly CodeNote[] {
  const here = probes.flatMap((probe) => {
    const { what, places } = probe;
    const place = places.find(({ process }) => process?.pid === pid);
    return what.kind === 'logpoint' && place !== undefined && isSame(path, what.spec.at.file) ? [{ probe, place, line: what.spec.at.line }] : [];
  }).toSorted((a, b) => a.probe.createdUnixMs - b.probe.createdUnixMs || (a.probe.id < b.probe.id ? -1 : 1));
  return here.flatMap(({ probe, place, line }): CodeNote[] => {
    const others = here.filter(one => one.line === line).length;
    const text = cut(`${others > 1 ? `${probe.name}: ` : ''}${seenAt(probe, place)}`, Math.floor(longestLine / others));
    return [...(isProbeIn(probe) ? [{ line, text: '', tone: 'probe' } as const] : []), { line, text, tone: 'value' }];
  });
}

/** The last values; of a counter its count, of what is measured the last and the mean, with units. */
function seenAt({ what: { kind, spec } }: FleetProbe, { measured, latest, hits }: ProbePlace): string {
  const last = latest.at(-1);
  const does = kind === 'logpoint' ? spec.does : 'record';
  if (does === 'count') return countWords(hits, measured?.count ?? hits);
  if (last === undefined) return hits === 0 ? 'no hit yet' : `${formatCount(hits)} hits`;
  if (does !== 'timer' && does !== 'metric') return valuesLine(last.values);
  const [value, unit] = [last.values[does], does === 'timer' ? 'ms' : ''];
  const mean = measured === undefined || measured.count === 0 ? '' : `, mean ${numberWords(measured.sum / measured.count, unit)} of ${formatCount(measured.count)}`;
  return typeof value === 'number' ? `last ${numberWords(value, unit)}${mean}` : valuesLine(last.values);
}

const countWords = (seen: number, total: number): string => (total > seen ? `about ${formatCount(roughly(total))} hits` : `${formatCount(total)} ${total === 1 ? 'hit' : 'hits'}`);
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
