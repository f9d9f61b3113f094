export { Catalogue } from './catalogue.ts';
export type { CatalogueOptions, TemplateTexts } from './options.ts';
export { foldedId } from './folded.ts';
export type { ObservedEvent } from './observed-event.ts';
