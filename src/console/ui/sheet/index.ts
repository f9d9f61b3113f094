// The sheet of components, for mock mode only.
export { ComponentSheet } from './component-sheet.tsx';
