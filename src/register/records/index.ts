export { LogCursor } from './log-cursor.ts';
export { SpanCursor } from './span-cursor.ts';
export { nameOf, type ObjectCursor } from './object-cursor.ts';
export { logFromWire, logToWire } from './log-wire.ts';
export { blankSpan, spanFromWire, spanToWire } from './span-wire.ts';
export { toBag, toValue } from './values.ts';
