export { Inspector } from './inspector.tsx';
export type { GuardField, InspectorProps } from './types.ts';
