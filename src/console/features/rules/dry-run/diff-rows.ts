// The dry run's samples and points as the rows of the difference, in the order a reader scans: what goes, what
// changes (old above new), what is untouched beside it, what comes.
import type { DryRunRecord, DryRunSample, QueryDryRunResult } from '../../../../rules/index.ts';
import { formatBytes, formatRate, millisFromNanos, plural, shownValue } from '../../../ui/index.ts';

export type DiffSign = '-' | '+' | '=' | '…';
/** What the difference highlights; null where the field is not there. */
export interface ShownChange { readonly field: string; readonly before: string | null; readonly after: string | null }
export interface DiffRow {
  readonly key: string;
  readonly sign: DiffSign;
  /** Unix milliseconds; null where a time means nothing. */
  readonly timeMs: number | null;
  readonly name: string;
  readonly text: string;
  readonly changes: readonly ShownChange[];
  /** "748 B"; empty where it means nothing. */
  readonly size: string;
  /** What can be explained; null for points and notes. */
  readonly sample: DryRunSample | null;
}
export type DiffView = 'difference' | 'before' | 'after';

const samplesBesidePoints = 8;
const shownPoints = 200;

type Shown = Pick<QueryDryRunResult, 'samples' | 'metrics' | 'removed' | 'changed' | 'routed' | 'emitted'>;

export function diffRows(result: Shown, view: DiffView): readonly DiffRow[] {
  // Points that come are the news: they must not hide below sixty records that go.
  const samples = view === 'difference' && result.metrics.length > 0 ? result.samples.slice(0, samplesBesidePoints) : result.samples;
  const rows = samples.flatMap((sample, index) => sampleRows(sample, index, view));
  const hidden = result.removed + result.changed + result.routed - samples.filter(sample => sample.kind !== 'unchanged').length;
  const more = hidden > 0 ? [note('more', `${plural(hidden, 'more record')} like these`)] : [];
  return view === 'before' ? [...rows, ...more] : [...rows, ...more, ...pointRows(result)];
}

function sampleRows(sample: DryRunSample, index: number, view: DiffView): readonly DiffRow[] {
  const { kind, before, after } = sample;
  const old = recordRow(before, sample, `${index}-`, kind === 'unchanged' || view === 'before' ? '=' : '-');
  if (kind === 'unchanged' || view === 'before') return [old];
  if (kind === 'removed' || after === null) return view === 'after' ? [] : [old];
  const now = { ...recordRow(after, sample, `${index}+`, view === 'after' ? '=' : '+'), changes: sample.changes.map(shown) };
  return view === 'after' ? [now] : [{ ...old, changes: now.changes }, now];
}

/** `Attributes["tier"]` is `tier` to a reader of records. */
const shown = ({ field, before, after }: DryRunSample['changes'][number]): ShownChange =>
  ({ field: /^(?:Attributes|Resource)\["(.+)"\]$/.exec(field)?.[1] ?? field, before: before === null ? null : shownValue(before), after: after === null ? null : shownValue(after) });

const recordRow = (record: DryRunRecord, sample: DryRunSample, key: string, sign: DiffSign): DiffRow =>
  ({ key, sign, sample, timeMs: millisFromNanos(record.timeUnixNano), name: record.durableId || record.service, text: record.summary, changes: [], size: formatBytes(record.bytes) });

function pointRows({ metrics, emitted }: Shown): readonly DiffRow[] {
  const rows = metrics.slice(0, shownPoints).map((point, index): DiffRow => ({
    key: `p${index}`, sign: '+', sample: null, timeMs: millisFromNanos(point.startUnixNano), name: point.name, changes: [], size: '',
    text: `${formatRate(point.value)}${point.unit === '' || point.unit === '1' ? '' : ` ${point.unit}`} {${Object.entries(point.attributes).map(([key, value]) => `${key}=${shownValue(value)}`).join(', ')}}${point.whole ? '' : ', a window that is not whole'}`,
  }));
  return metrics.length > 0 && emitted > rows.length ? [...rows, note('points', plural(emitted - rows.length, 'more point'))] : rows;
}

const note = (key: string, text: string): DiffRow => ({ key, sign: '…', sample: null, timeMs: null, name: '', text, changes: [], size: '' });
