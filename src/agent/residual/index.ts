export { ResidualWatch, type ResidualTally } from './residual-watch.ts';
