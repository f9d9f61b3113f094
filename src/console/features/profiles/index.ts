// The Profiles view: flame graphs, tables and comparisons of CPU and heap profiles.
export { ProfilesView } from './profiles-view.tsx';
