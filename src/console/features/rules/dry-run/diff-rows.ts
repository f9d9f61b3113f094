// The dry run's samples and points as the rows of the difference, in the order a reader scans: what goes, what
// changes (old above new), what is untouched beside it, what comes.
import { valueText, type DryRunResult, type TailRecord } from '../../../workers/tail/index.ts';
import { formatBytes, formatRate, millisFromNanos, plural } from '../../../ui/index.ts';
import { fieldChanges, type FieldChange } from './field-changes.ts';

export type DiffSign = '-' | '+' | '=' | '…';
export interface DiffRow {
  readonly key: string;
  readonly sign: DiffSign;
  /** Unix milliseconds; null where a time means nothing. */
  readonly timeMs: number | null;
  readonly name: string;
  readonly text: string;
  readonly changes: readonly FieldChange[];
  /** "748 B"; empty where it means nothing. */
  readonly size: string;
}
export type DiffView = 'difference' | 'before' | 'after';

const samplesBesidePoints = 8;

export function diffRows(result: DryRunResult, view: DiffView): readonly DiffRow[] {
  // Points that come are the news: they must not hide below sixty records that go.
  const samples = view === 'difference' && result.metrics.length > 0 ? result.samples.slice(0, samplesBesidePoints) : result.samples;
  const rows = samples.flatMap((sample, index) => sampleRows(sample, index, view));
  const hidden = result.removed + result.changed - samples.filter(sample => sample.kind !== 'unchanged').length;
  const more = hidden > 0 ? [note('more', `${plural(hidden, 'more record')} like these`)] : [];
  return view === 'before' ? [...rows, ...more] : [...rows, ...more, ...pointRows(result)];
}

function sampleRows({ kind, before, after }: DryRunResult['samples'][number], index: number, view: DiffView): DiffRow[] {
  const old = recordRow(before, `${index}-`, kind === 'unchanged' || view === 'before' ? '=' : '-', []);
  if (kind === 'unchanged') return [old];
  if (view === 'before') return [old];
  if (kind === 'removed' || after === null) return view === 'after' ? [] : [old];
  const changes = fieldChanges(before, after);
  const now = recordRow(after, `${index}+`, view === 'after' ? '=' : '+', changes);
  return view === 'after' ? [now] : [{ ...old, changes }, now];
}

const recordRow = (record: TailRecord, key: string, sign: DiffSign, changes: readonly FieldChange[]): DiffRow =>
  ({ key, sign, timeMs: millisFromNanos(record.timeUnixNano), name: record.durableId || record.service, text: record.summary, changes, size: formatBytes(record.bytes) });

const shownPoints = 50;

function pointRows({ metrics }: DryRunResult): DiffRow[] {
  const rows = metrics.slice(0, shownPoints).map((point, index): DiffRow => ({
    key: `p${index}`, sign: '+', timeMs: millisFromNanos(point.timeUnixNano), name: point.name, changes: [], size: '',
    text: `${formatRate(point.value)}${point.unit === '' || point.unit === '1' ? '' : ` ${point.unit}`} {${Object.entries(point.attributes).map(([key, value]) => `${key}=${valueText(value)}`).join(', ')}}`,
  }));
  return metrics.length > shownPoints ? [...rows, note('points', plural(metrics.length - shownPoints, 'more point'))] : rows;
}

const note = (key: string, text: string): DiffRow => ({ key, sign: '…', timeMs: null, name: '', text, changes: [], size: '' });
