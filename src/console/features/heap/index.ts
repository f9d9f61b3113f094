// The heap view: one V8 heap snapshot, what holds it together, and what grew since another.
export { HeapView } from './heap-view.tsx';
