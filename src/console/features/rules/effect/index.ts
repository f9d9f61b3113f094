export { EffectPane } from './effect-pane.tsx';
