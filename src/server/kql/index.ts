// Public face of server/kql.
export { createKqlCompiler, type KqlCompileService } from './compile-service.ts';
export { engineChecked } from './engine-checked.ts';
export { loadKusto } from './load-kusto.ts';
