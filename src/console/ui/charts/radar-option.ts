// From axes and series to an ECharts option. Pure, so that it is tested without a canvas.
import type { EChartsCoreOption } from 'echarts/core';
import type { RadarSeries } from './radar-chart.tsx';
import type { ChartTheme } from './theme.ts';

export interface RadarInput { readonly axes: readonly string[]; readonly max: number; readonly series: readonly RadarSeries[] }

export function radarOption({ axes, max, series }: RadarInput, theme: ChartTheme): EChartsCoreOption {
  const rings = { lineStyle: { color: theme.grid } };
  return {
    animation: false, textStyle: { fontFamily: theme.font },
    radar: { indicator: axes.map(name => ({ name, min: 0, max })), radius: '62%', splitNumber: 5, axisName: { color: theme.text, fontSize: 11 }, axisNameGap: 6, axisLine: rings, splitLine: rings, splitArea: { show: false } },
    series: [{
      type: 'radar', silent: true, symbolSize: 4,
      data: series.map(({ label, token, values, dashed }) => {
        const colour = theme.colour(token);
        return { name: label, value: [...values], lineStyle: { color: colour, width: 1.5, type: dashed === true ? 'dashed' : 'solid' }, itemStyle: { color: colour }, areaStyle: { color: colour, opacity: dashed === true ? 0.08 : 0.22 } };
      }),
    }],
  };
}
