export { costReport, costReportSteps, type ReportOptions } from './cost-report.ts';
export { everythingElse, fieldLabel, moneyByField, paidByRecord } from './field-rows.ts';
export { severityName } from './groups.ts';
export { costOf, type EventCost } from './row.ts';
export { calendarMonth, monthSoFar, type CostBucket } from './month.ts';
export { paretoOf, type Pareto } from './pareto.ts';
