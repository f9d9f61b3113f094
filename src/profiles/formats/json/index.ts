// JSON as bytes, for the formats that are written in it.
export { JsonScanner } from './scanner.ts';
export { asNumber, asRecord, asRecords, asText, wholeJson, type JsonRecord } from './values.ts';
