// From nested areas to an ECharts option. Pure, so that it is tested without a canvas. Each node of the first level has a category's colour, by its
// name among the eight largest, so that it keeps it while they change places; the ninth and later are grey, as everywhere.
import type { EChartsCoreOption } from 'echarts/core';
import { escapeHtml } from './escape-html.ts';
import type { ChartTheme } from './theme.ts';

export interface TreemapNode {
  readonly key: string; readonly label: string; /** Its area; of a node with children, their sum. */ readonly value: number; /** What its tooltip says under the label. */ readonly says: string;
  /** Grey: what is left over. */
  readonly quiet?: boolean;
  readonly children?: readonly TreemapNode[];
}

const categories = 8;
/** How much of its colour an area has; the rest is the ground, so that labels are read on it in every theme. */
const strength = 0.42;
/** An area smaller than this (px²) has no label. */
const labelArea = 900;

export function treemapOption(nodes: readonly TreemapNode[], chosen: string | null, theme: ChartTheme): EChartsCoreOption {
  const named = nodes.filter(({ quiet }) => quiet !== true).slice(0, categories).map(({ key }) => key).sort();
  const colourOf = ({ key }: TreemapNode): string => (named.includes(key) ? theme.colour(`--cat-${named.indexOf(key) + 1}`) : theme.colour('--text-3'));
  return {
    animation: false, textStyle: { fontFamily: theme.font },
    tooltip: { confine: true, transitionDuration: 0, backgroundColor: theme.popup, borderColor: theme.popupLine, borderWidth: 1, padding: [4, 8], textStyle: { color: theme.textStrong, fontSize: 11 }, formatter: (hit: unknown) => tooltipText(hit as Hit) },
    series: [{
      type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, left: 0, top: 0, right: 0, bottom: 0, visibleMin: 40, childrenVisibleMin: 0,
      levels: [{ upperLabel: { show: false } }], upperLabel: { show: true, height: 18, color: theme.textStrong, fontSize: 11, fontWeight: 600, padding: [0, 4] },
      label: { show: true, fontSize: 11, color: theme.textStrong, padding: [3, 4], position: 'insideTopLeft', overflow: 'truncate', lineHeight: 14 },
      labelLayout: ({ rect }: { readonly rect: { readonly width: number; readonly height: number } }) => (rect.width * rect.height < labelArea ? { fontSize: 0 } : {}),
      itemStyle: { borderColor: theme.colour('--bg-0'), borderWidth: 1, gapWidth: 1 },
      data: nodes.map((node) => drawn(node, colourOf(node), chosen, theme)),
    }],
  };
}

function drawn(node: TreemapNode, colour: string, chosen: string | null, theme: ChartTheme): object {
  const own = node.quiet === true ? theme.colour('--text-3') : colour;
  const isChosen = node.key === chosen;
  return {
    id: node.key, name: node.label, value: node.value, says: node.says,
    itemStyle: { color: node.children === undefined ? mixed(own, theme.colour('--bg-0'), strength) : theme.colour('--bg-0'), borderColor: isChosen ? theme.accent : theme.colour('--bg-0'), borderWidth: isChosen ? 2 : 1, gapWidth: 1 },
    ...(node.children === undefined ? {} : { children: node.children.map((child) => drawn(child, colour, chosen, theme)) }),
  };
}

const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Between two colours; tokens are `#rrggbb`. What is none stays as it is. */
function mixed(colour: string, ground: string, share: number): string {
  const [of, on] = [hex.exec(colour), hex.exec(ground)];
  if (of === null || on === null) return colour;
  return `#${[1, 2, 3].map((i) => Math.round(parseInt(of[i]!, 16) * share + parseInt(on[i]!, 16) * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}

interface Hit { readonly name: string; readonly data?: { readonly says?: string } }
const tooltipText = ({ name, data }: Hit): string => [`<b>${escapeHtml(name)}</b>`, ...(data?.says === undefined ? [] : [escapeHtml(data.says)])].join('<br>');
