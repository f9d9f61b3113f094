// Public face of cost/: what telemetry costs, what could be saved, what was.
export { aroundSeen, isAround } from './around.ts';
export { eventsBetween, labelOf, type EventFacts } from './events-between.ts';
export { totalsOf, type EventTotals, type LiveEvent } from './event-totals.ts';
export { eventKey, leaving, seriesOf, type MeasuredEvent, type MeasuredField, type Rate } from './measured-event.ts';
export * from './measured/index.ts';
export * from './prices/index.ts';
export * from './report/index.ts';
export * from './suggest/index.ts';
export { allSteps, eachOf, type Steps } from './steps.ts';
export { framedBytes } from './wire-bytes.ts';
export { amount, bytes, money, percent } from './words.ts';
