// The Events view: what every line of code says, how that changes, and who relies on it.
export { EventsView } from './events-view.tsx';
