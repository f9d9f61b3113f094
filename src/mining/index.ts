export { bookVersion, isTemplateBook, type BookEntry, type TemplateBook } from './template-book.ts';
export { TemplateMiner, type MinerOptions, type MinerStats, type TemplateDescription } from './template-miner.ts';
export { wildcard } from './template-text.ts';
