export { predictedAt, type PredictionBasis } from './predicted-at.ts';
export { netOf, type NetSaving } from './net-saving.ts';
export { agreement, leastSeconds, savingOf, type Expected, type RuleDelta } from './saving-of.ts';
