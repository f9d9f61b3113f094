// Public face: how workers read the content of artifacts and of dropped files.
export { sourceName, streamSource, type ArtifactSource, type ByteSink } from './stream-source.ts';
