// Public face of risk/.
export { estimateRisk } from './estimate.ts';
export { measuredRisk, type MeasuredRule } from './measured.ts';
export type { RiskFacts } from './factors.ts';
export { measuredSeriesWarning, seriesWarning, type MeasuredSeries, type SeriesCounts, type SeriesWarning } from './series-warning.ts';
