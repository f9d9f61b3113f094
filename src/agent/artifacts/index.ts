export type { ArtifactDraft, ArtifactFacts, ArtifactSink } from './sink.ts';
export { Spool, type SpoolOptions } from './spool.ts';
export { artifactsUrl, Uploader, type UploaderOptions, type UploadState } from './uploader.ts';
