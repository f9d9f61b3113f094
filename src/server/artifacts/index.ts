export { ArtifactService } from './artifact-service.ts';
export type { ArtifactBounds } from './bounds.ts';
export { artifactRoutes } from './routes.ts';
export { newArtifactId } from './upload-desk.ts';
export { registerUploads } from './upload-routes.ts';
