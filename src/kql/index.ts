export * from './plan.ts';
export type * from './language.ts';
export { createKqlLanguage, type KustoGlobal } from './kusto/index.ts';
