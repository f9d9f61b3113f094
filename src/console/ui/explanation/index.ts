import './explanation.css';
export { Explanation } from './explanation.tsx';
export { shownValue } from './shown-value.ts';
