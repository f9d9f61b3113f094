// The figures of all detectors, and the document that holds them.
export { measure, type Accuracy, type Row } from './measure.ts';
export { detectorsDocument } from './table.ts';
