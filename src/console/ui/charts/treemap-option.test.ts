import { expect, test } from 'vitest';
import type { ChartTheme } from './theme.ts';
import { treemapOption, type TreemapNode } from './treemap-option.ts';

const theme: ChartTheme = { text: '#aaa', textStrong: '#fff', textQuiet: '#888', grid: '#222', axis: '#333', popup: '#111', popupLine: '#444', font: 'sans', accent: '#0ff', colour: token => ({ '--bg-0': '#000000', '--text-3': '#808080', '--cat-1': '#ffffff', '--cat-8': '#ff0000' })[token] ?? `colour of ${token}` };
interface Drawn { readonly id: string; readonly itemStyle: { readonly color: string; readonly borderColor: string }; readonly children?: readonly Drawn[] }
const drawnOf = (nodes: readonly TreemapNode[], chosen: string | null) => (treemapOption(nodes, chosen, theme)['series'] as readonly { readonly data: readonly Drawn[] }[])[0]!.data;
const node = (key: string, children?: readonly TreemapNode[]): TreemapNode => ({ key, label: key, value: 1, says: 'one', ...(children === undefined ? {} : { children }) });

test('children have the colour of their parent, the ninth and what is left over are grey, the chosen one has an edge', () => {
  const drawn = drawnOf([node('a', [node('a1'), { ...node('more'), quiet: true }]), ...Array.from({ length: 8 }, (_, i) => node(`n${i}`))], 'a1');
  expect(drawn[0]!.children!.map(({ itemStyle }) => itemStyle.color)).toEqual(['#6b6b6b', '#363636']);
  expect(drawn[7]!.itemStyle.color).toBe('#6b0000');
  expect(drawn[8]!.itemStyle.color).toBe('#363636');
  expect(drawn[0]!.children![0]!.itemStyle.borderColor).toBe('#0ff');
});

test('what grows past another keeps its colour', () => {
  const colours = (...keys: readonly string[]) => Object.fromEntries(drawnOf(keys.map((key) => node(key)), null).map(({ id, itemStyle }) => [id, itemStyle.color]));
  expect(colours('cart', 'checkout', 'frontend')).toEqual(colours('frontend', 'checkout', 'cart'));
});

test('a name from telemetry is never markup', () => {
  const { formatter } = treemapOption([], null, theme)['tooltip'] as { readonly formatter: (hit: unknown) => string };
  expect(formatter({ name: '<img src=x>', data: { says: '1 < 2' } })).toBe('<b>&lt;img src=x&gt;</b><br>1 &lt; 2');
});
