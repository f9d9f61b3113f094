// What armed nets say of themselves, beside their rule.
export { ArmedPane } from './armed-pane.tsx';
export { useFirings, type Firings } from './use-firings.ts';
export { useNetCounts } from './use-net-counts.ts';
