import { expect, it } from 'vitest';
import { radarOption } from './radar-option.ts';
import type { ChartTheme } from './theme.ts';

const theme: ChartTheme = { text: '#aaa', textStrong: '#fff', textQuiet: '#888', grid: '#222', axis: '#333', popup: '#111', popupLine: '#444', font: 'sans', accent: '#0ff', colour: token => `colour of ${token}` };

it('draws one outline per series on axes from 0 to the bound', () => {
  const option = radarOption({ axes: ['A 1', 'B 2'], max: 10, series: [{ label: 'Estimated', token: '--cat-1', values: [1, 2], dashed: true }, { label: 'Measured', token: '--accent', values: [3, 4] }] }, theme);
  expect(option['radar']).toMatchObject({ indicator: [{ name: 'A 1', min: 0, max: 10 }, { name: 'B 2', min: 0, max: 10 }] });
  expect((option['series'] as { data: { value: number[]; lineStyle: { type: string; color: string } }[] }[])[0]!.data.map(({ value, lineStyle }) => [value, lineStyle.type, lineStyle.color])).toEqual([[[1, 2], 'dashed', 'colour of --cat-1'], [[3, 4], 'solid', 'colour of --accent']]);
});
