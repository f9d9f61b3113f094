export { DeleteWords } from './delete-words.tsx';
export { useTemplate } from './new-rule-menu.tsx';
export { RulesView } from './rules-view.tsx';
