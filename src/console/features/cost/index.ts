// The Cost view, loaded when first opened.
export { CostView } from './cost-view.tsx';
