export { EnableAgain } from './enable-again.tsx';
export { StopDialog } from './stop-dialog.tsx';
export { useTemplate } from './new-rule-menu.tsx';
export { RulesView } from './rules-view.tsx';
