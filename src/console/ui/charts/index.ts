// Charts. The engine (ECharts) arrives with the first chart, not with the page.
export { TimeChart, type TimeChartMark, type TimeChartProps, type TimeChartSeries } from './time-chart.tsx';
export { RadarChart, type RadarChartProps, type RadarSeries } from './radar-chart.tsx';
export { Treemap, type TreemapProps } from './treemap-chart.tsx';
export type { TreemapNode } from './treemap-option.ts';
