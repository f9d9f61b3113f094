export { ActionLimits, isUnused, type LimitBounds, type LimitFigures, type LimitsState } from './action-limits.ts';
export { durationWords } from './duration-words.ts';
