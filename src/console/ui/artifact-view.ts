// The view that opens an artifact; the list of all artifacts, with its facts and text viewer, where none does. Pure.
import type { Artifact } from '../../model/index.ts';

/** An address as the router's links take it. */
export function viewOfArtifact({ id, kind, format }: Pick<Artifact, 'id' | 'kind' | 'format'>) {
  if (format === 'otlp-frames') return { to: '/tail', search: { recording: id } } as const;
  if (kind === 'cpu-profile' || kind === 'heap-profile') return { to: '/profiles', search: { artifact: id } } as const;
  if (format === 'heapsnapshot') return { to: '/dumps/heap', search: { artifact: id } } as const;
  return { to: '/dumps', search: { artifact: id } } as const;
}
