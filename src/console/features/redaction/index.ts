// The Redaction view, loaded when first opened.
export { RedactionView } from './redaction-view.tsx';
