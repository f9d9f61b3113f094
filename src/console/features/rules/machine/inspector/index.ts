export { DraftField } from './fields.tsx';
export { Inspector } from './inspector.tsx';
export type { GuardField, InspectorProps } from './types.ts';
