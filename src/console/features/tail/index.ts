// Public face of the tail view.
export { TailView } from './tail-view.tsx';
