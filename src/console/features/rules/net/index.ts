// What armed nets say of themselves, beside their rule.
export { ArmedPane } from './armed-pane.tsx';
export { useNetCounts } from './use-net-counts.ts';
