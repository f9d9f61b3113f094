import './explanation.css';
export { ExplainedClause, Explanation } from './explanation.tsx';
export { shownValue } from './shown-value.ts';
