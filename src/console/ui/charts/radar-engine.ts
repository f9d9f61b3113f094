// ECharts, only the parts a radar needs. Imported lazily from radar-chart.tsx.
import { RadarChart } from 'echarts/charts';
import { RadarComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([RadarChart, RadarComponent, CanvasRenderer]);

export { init };
