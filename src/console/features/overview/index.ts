// The Overview: where records go, who sends most, and what the agents cost.
export { OverviewView } from './overview-view.tsx';
