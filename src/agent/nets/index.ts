export { NetRunner, netsFile, type NetRunnerOptions } from './net-runner.ts';
