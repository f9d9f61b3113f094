// Public face of blocks/: a query as a chain of blocks, and edits of its text block by block.
export type * from './types.ts';
export { blankBody, blankForm } from './blank.ts';
export { blocksOf } from './blocks-of.ts';
export { applyEdits, formEdits, insertBlock, moveBlock, removeBlock, replaceBody } from './edit.ts';
export { formBody } from './print-form.ts';
export { emptyTests } from './read-where.ts';
export { isWhole, wholeForm } from './whole.ts';
