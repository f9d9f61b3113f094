// Public face of script/.
export { ScriptPane, type ScriptPaneProps } from './script-pane.tsx';
