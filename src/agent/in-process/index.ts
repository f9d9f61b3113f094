export { InProcess, reportsPath } from './in-process.ts';
export { reportsFolder } from './reports-folder.ts';
