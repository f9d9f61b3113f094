import './explanation.css';
export { ExplainedClause, Explanation } from './explanation.tsx';
export { OffRules } from './off-rules.tsx';
export { shownValue } from './shown-value.ts';
