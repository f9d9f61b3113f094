// The Dumps view: artifacts, their viewers, and diagnostic actions.
export { DumpsView } from './dumps-view.tsx';
