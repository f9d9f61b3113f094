// Treegrids: which rows are drawn, and what keys do.
export { treeStep, type TreeStep, type WalkedRow } from './tree-step.ts';
export { useTreeRows, type TreeRows } from './use-tree-rows.ts';
