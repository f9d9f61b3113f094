export { EffectPane } from './effect-pane.tsx';
export { effectPollMs } from './use-effect-history.ts';
