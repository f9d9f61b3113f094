// Incidents: the list, the page of one, and the dialog of "Capture everything now".
export { CaptureDialog } from './capture/capture-dialog.tsx';
export { IncidentsView } from './list/incidents-view.tsx';
export { IncidentView } from './page/incident-view.tsx';
