// Where the earlier snapshot of a comparison comes from: an artifact, or a file that this page has open.
import type { Artifact } from '../../../../model/index.ts';
import { contentUrl } from '../../../api/index.ts';
import type { HeapSource } from '../../../workers/heap/index.ts';

const prefix = 'local:';
export const localKey = (file: File): string => `${prefix}${file.name}`;

/** Null while nobody knows it: the list is on its way, or the file has to be opened again. */
export function baseSource(compare: string | undefined, artifacts: readonly Artifact[], files: readonly File[]): HeapSource | null {
  if (compare === undefined) return null;
  if (compare.startsWith(prefix)) { const file = files.find(each => localKey(each) === compare); return file === undefined ? null : { kind: 'file', file }; }
  const artifact = artifacts.find(({ id, state }) => id === compare && state === 'stored');
  return artifact === undefined ? null : { kind: 'artifact', url: contentUrl(artifact.id), name: artifact.name, bytes: artifact.bytes };
}
