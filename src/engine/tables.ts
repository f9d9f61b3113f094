// Which signals a Plan's table stands for, and its columns.
export { bindingsFor, tableSignals } from './record/index.ts';
