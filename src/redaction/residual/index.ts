export { mayHoldResidual, residualScan, type ResidualFinding } from './residual-scan.ts';
