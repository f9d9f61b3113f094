export { logRequest, parseLogTable, type LogLine } from './log-table.ts';
export { parseRows, printRows } from './row-table.ts';
export { attr, call, col, lit, plan, rule, where } from './plans.ts';
