// Where actions put what they made. On an agent it is the spool, from which artifacts travel to the server; in `weir action` it is the
// file that was named.
import type { Result } from '../../base/index.ts';
import type { ArtifactMeta } from '../../model/index.ts';

/** What the maker knows; size, hash and id come from the sink. */
export type ArtifactFacts = Omit<ArtifactMeta, 'id' | 'sha256' | 'bytes'>;

export interface ArtifactSink {
  /** Bytes that may still be taken: of the disk and of the sink's own bound. */
  freeBytes(): Promise<number>;
  /** A file to be written by the maker or by a tool that it starts. Nobody else sees it before `commit`. */
  open(name: string): Promise<Result<ArtifactDraft>>;
}

export interface ArtifactDraft {
  /** Absolute; does not exist yet. */
  readonly path: string;
  /** Hashes what stands at `path` (streamed) and hands it on. After it the draft is gone. */
  commit(facts: ArtifactFacts): Promise<Result<ArtifactMeta>>;
  /** Takes away what was written so far. */
  discard(): Promise<void>;
}
