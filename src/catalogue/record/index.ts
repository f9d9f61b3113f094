export { Catalogue, type CatalogueOptions, type TemplateTexts } from './catalogue.ts';
export { foldedId } from './folded.ts';
export type { ObservedEvent } from './observed-event.ts';
