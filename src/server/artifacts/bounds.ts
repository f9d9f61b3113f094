// Every bound of the artifact store in one place.
const gib = 2 ** 30;
const hourMs = 3_600_000;

export interface ArtifactBounds {
  /** Bytes of all files together; no single one may be larger. */
  readonly maxBytes: number;
  /** Unpinned artifacts leave after so many days. */
  readonly keptDays: number;
  /** This much of the disk stays free for everything else. */
  readonly keepFreeBytes: number;
  /** Uploads under way at one time; each is a file and a row. */
  readonly maxUploads: number;
  readonly maxArtifacts: number;
  /** An upload that nothing was added to for so long is given up. */
  readonly staleUploadMs: number;
  /** An upload keeps its place in the quota for so long after its last byte. */
  readonly reservedMs: number;
  /** A body that brings no byte for so long is cut; what came is kept. */
  readonly idleMs: number;
}

export const defaultBounds: ArtifactBounds = {
  maxBytes: 20 * gib, keptDays: 30, keepFreeBytes: gib / 2, maxUploads: 1000, maxArtifacts: 100_000, staleUploadMs: 7 * 24 * hourMs, reservedMs: hourMs / 6, idleMs: 120_000,
};

/** A person's reads of one artifact within this time are one entry of the audit: a viewer reads in many ranges. */
export const oneDownloadMs = 60_000;
/** What is looked at to know a format. */
export const sniffedBytes = 64 * 1024;
