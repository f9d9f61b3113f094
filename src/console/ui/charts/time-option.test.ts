import { describe, expect, it } from 'vitest';
import { timeOption } from './time-option.ts';
import type { ChartTheme } from './theme.ts';

const theme: ChartTheme = { text: '#aaa', textStrong: '#fff', textQuiet: '#888', grid: '#222', axis: '#333', popup: '#111', popupLine: '#444', font: 'sans', accent: '#0ff', colour: token => `colour of ${token}` };
const input = { times: [0, 5000], series: [{ label: 'Out <b>', token: '--cat-1', values: [3, null] }, { label: 'Dropped', token: '--text-3', values: [1, 2] }], marks: [{ at: 5000, label: 'rule on' }], stacked: true, kind: 'area', unit: '/s', zone: 'utc' } as const;

interface DrawnSeries { readonly name: string; readonly stack?: string; readonly color: string; readonly connectNulls: boolean; readonly data: unknown; readonly markLine?: { readonly data: readonly { readonly xAxis: number }[] } }

describe('timeOption', () => {
  const option = timeOption(input, theme);
  const series = option['series'] as readonly DrawnSeries[];
  it('stacks in the order given, in token colours, with gaps left open', () => {
    expect(series.map(each => [each.name, each.stack, each.color, each.connectNulls])).toEqual([['Out <b>', 'all', 'colour of --cat-1', false], ['Dropped', 'all', 'colour of --text-3', false]]);
    expect(series[0]?.data).toEqual([[0, 3], [5000, null]]);
  });
  it('lets the other bars step back beside a chosen one', () => {
    const dimmed = (chosenAt: number | undefined) => (timeOption({ ...input, kind: 'bars', chosenAt }, theme)['series'] as readonly { readonly data: readonly unknown[] }[])[0]?.data.map(item => !Array.isArray(item));
    expect([dimmed(5000), dimmed(7), dimmed(undefined)]).toEqual([[true, false], [false, false], [false, false]]);
  });
  it('draws each mark once', () => expect(series.map(each => each.markLine?.data.map(mark => mark.xAxis))).toEqual([[5000], undefined]));
  it('adds the stack up in the tooltip, says "no data" for a gap, and escapes names', () => {
    const { formatter } = option['tooltip'] as { readonly formatter: (hits: unknown) => string };
    const text = formatter([{ seriesName: 'Out <b>', color: '', value: [5000, null] }, { seriesName: 'Dropped', color: '', value: [5000, 2] }]);
    expect(text).toContain('Out &lt;b&gt;: no data');
    expect(text).toContain('All: <b>2</b>/s');
    expect(text).toContain('rule on');
    expect(formatter([{ seriesName: 'Dropped', color: '', value: [0, 1] }])).not.toContain('rule on');
  });
});
