// Public face of server/kql.
export { createKqlCompiler } from './compile-pool.ts';
export { newVm } from './load-quickjs.ts';
export { loadKusto } from './load-kusto.ts';
