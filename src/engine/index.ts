export type { CompileFilter, CreatePipeline, OutBatch, Pipeline, ProcessResult, RunTable } from './types.ts';
