export { RuleEditorView } from './edit/rule-editor-view.tsx';
export { RulesView } from './list/index.ts';
