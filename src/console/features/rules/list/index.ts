export { useTemplate } from './new-rule-menu.tsx';
export { DeleteWords, RulesView } from './rules-view.tsx';
