export { isSecretName, residualScan, type ResidualFinding } from './residual-scan.ts';
