// The Fleet: agents, their health, what they run, and what they cost.
export { FleetView } from './fleet-view.tsx';
