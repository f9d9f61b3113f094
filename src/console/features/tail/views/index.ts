// Saved views of the tail.
export { SavedViews, type SavedViewsProps } from './saved-views.tsx';
export { useViewOfUrl } from './use-view-of-url.ts';
export { ViewNote } from './view-note.tsx';
