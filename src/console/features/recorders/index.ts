// The view of flight recorders.
export { RecordersView } from './recorders-view.tsx';
