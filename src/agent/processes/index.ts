export { serviceShown } from './service-name.ts';
export { isPlainSetting, isSecretName } from './secret-names.ts';
export { redactedArguments, redactedByName, type RedactNamed } from './arguments.ts';
export { cgroupHeadroomBytes } from './cgroup.ts';
export { colonFields, kilobytes, Proc, readBounded, zeroSeparated, type ProcStat } from './proc.ts';
export { ProcessTable } from './process-table.ts';
export { ProcessWatch, type GoneProcess } from './process-watch.ts';
export { resolveTarget } from './resolve-target.ts';
export { ServiceBook, type ToldResource } from './service-book.ts';
