// Protobuf messages, field by field, for the formats that are written in it.
export { eachField, eachPacked, idAt, integerAt } from './fields.ts';
