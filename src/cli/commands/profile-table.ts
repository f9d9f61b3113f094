// A profile's summary for people to read.
import type { ProfileSummary } from './profile.ts';

const binary = 1024;
const sizes = ['B', 'KB', 'MB', 'GB', 'TB'];
const times: readonly (readonly [nanos: number, text: string])[] = [[1e9, 's'], [1e6, 'ms'], [1e3, 'µs'], [1, 'ns']];

/** A figure with three digits and its unit. */
function readable(value: number, unit: string): string {
  if (unit === 'nanoseconds') {
    const [nanos, text] = times.find(([least]) => Math.abs(value) >= least) ?? [1, 'ns'];
    return `${threeDigits(value / nanos)} ${text}`;
  }
  if (unit === 'bytes') {
    const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value) || 1) / Math.log(binary))));
    return `${threeDigits(value / binary ** step)} ${sizes[step]!}`;
  }
  return Math.round(value).toLocaleString('en');
}

const threeDigits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));
const share = (part: number, whole: number): string => `${whole === 0 ? '0.0' : ((part / whole) * 100).toFixed(1)} %`;

export function profileTable(name: string, weight: string, { format, samples, total, unit, threads, notSampled = 0, gaps = 0, top }: ProfileSummary): string {
  const head = `${name}: ${format}, ${samples.toLocaleString('en')} samples, ${weight} ${readable(total, unit)}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${gaps === 0 ? '' : `; ${readable(notSampled, 'nanoseconds')} that nobody sampled, in ${gaps.toLocaleString('en')} ${gaps === 1 ? 'gap' : 'gaps'}, counted to the sample before it`}\n\n`;
  const rows = [['self', '', 'total', '', 'function', 'where'], ...top.map((row) => [readable(row.self, unit), share(row.self, total), readable(row.total, unit), share(row.total, total), `${row.name}${(row.notSampled ?? 0) > row.self / 2 ? ' (mostly gaps)' : ''}`, where(row)])];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const nameWidth = Math.min(60, Math.max(...rows.map((row) => row[4]!.length)));
  return head + rows.map((row) => `${widths.map((width, column) => row[column]!.padStart(width)).join('  ')}  ${row[4]!.padEnd(nameWidth)}  ${row[5]!}`.trimEnd()).join('\n') + '\n';
}

const where = ({ file, line }: ProfileSummary['top'][number]): string => (file === null ? '' : line === null ? file : `${file}:${line}`);
