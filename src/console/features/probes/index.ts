export { ProbesView } from './probes-view.tsx';
export { NewProbeView } from './new/new-probe-view.tsx';
