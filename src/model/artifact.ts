// Artifacts: what actions bring home and what people drag in. Files in the formats the ecosystem knows, known by their SHA-256.
// They travel over HTTP, apart from control: POST /agent/v1/artifacts begins, PATCH /agent/v1/artifacts/{id} with `Upload-Offset` adds
// bytes (the server answers with the offset it has), HEAD asks for that offset: what a lost connection or a killed agent had not
// sent goes on from there. The server counts an artifact as there only when size and hash are as announced.
import { z } from 'zod';

/** By what it is for; `format` says how it is written. */
export const artifactKinds = ['cpu-profile', 'heap-profile', 'heap-snapshot', 'core-dump', 'thread-stacks', 'packet-capture', 'recorder', 'config', 'state', 'files', 'command-output', 'bundle', 'other'] as const;
export const artifactKind = z.enum(artifactKinds);
export type ArtifactKind = z.infer<typeof artifactKind>;
/** `otlp-frames`: see recorder.ts. */
export const artifactFormats = ['cpuprofile', 'heapprofile', 'heapsnapshot', 'pprof', 'perf-script', 'folded', 'speedscope', 'chrome-trace', 'otlp-profiles', 'hprof', 'elf-core', 'pcapng', 'pcap', 'otlp-frames', 'otlp', 'json', 'jsonl', 'text', 'tar', 'zip', 'binary'] as const;
export const artifactFormat = z.enum(artifactFormats);
export type ArtifactFormat = z.infer<typeof artifactFormat>;
/** What the flame graph opens. */
export const profileFormats: ReadonlySet<ArtifactFormat> = new Set<ArtifactFormat>(['cpuprofile', 'heapprofile', 'pprof', 'perf-script', 'folded', 'speedscope', 'chrome-trace', 'otlp-profiles']);

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const artifactMeta = z.object({
  /** Made where the artifact is made; 32 hex digits. */
  id: z.string().regex(/^[0-9a-f]{32}$/), sha256: sha256Hex, bytes: z.number().int().nonnegative(),
  kind: artifactKind, format: artifactFormat, /** Without folders. */ name: z.string().min(1).max(200), createdUnixMs: z.number(),
  /** Memory, packets: contents that no detector can mask. */
  sensitive: z.boolean(),
  /** In words, one line: "CPU sample of checkout (pid 812), 10 s". */
  summary: z.string().max(500),
  service: z.string().nullable(), process: z.object({ pid: z.number(), name: z.string(), /** `service.version` of it, where known: which deployment it was. */ version: z.string().max(255).optional() }).nullable(),
  action: z.string().nullable(), incident: z.string().nullable(), rule: z.string().nullable(),
  /** The time it is about, Unix milliseconds. */
  fromUnixMs: z.number().nullable(), toUnixMs: z.number().nullable(),
  /** Figures of it by name with the unit in it, as an action's. */
  figures: z.record(z.string(), z.number()).default({}),
});
export type ArtifactMeta = z.infer<typeof artifactMeta>;

/** The `Upload-Offset` header, both ways; bytes. */
export const uploadOffsetHeader = 'upload-offset';
/** Answer to POST and PATCH. `state` stored: it was there already, or is now. */
export const uploadStatus = z.object({ id: z.string(), offset: z.number(), state: z.enum(['partial', 'stored', 'refused']), problem: z.string().nullable() });
export type UploadStatus = z.infer<typeof uploadStatus>;

// REST: GET /artifacts?kind&agent&incident&action&q&limit · GET /artifacts/{id} · GET /artifacts/{id}/content (Range) · POST /artifacts?name (a file from
// elsewhere, its bytes as the body) · DELETE /artifacts/{id} · POST /artifacts/{id}/verify · POST /artifacts/{id}/reveal · PATCH /artifacts/{id} {pinned}
export const artifact = artifactMeta.extend({
  agent: z.object({ id: z.string(), name: z.string() }).nullable(), /** Who brought it, when no agent did. */ by: z.string().nullable(),
  state: z.enum(['uploading', 'stored', 'damaged', 'lost']), receivedBytes: z.number(), storedAt: z.string().nullable(), verifiedAt: z.string().nullable(),
  /** Not taken away by age or quota. */
  pinned: z.boolean(), expiresAt: z.string().nullable(), downloads: z.number(),
});
export type Artifact = z.infer<typeof artifact>;
export const artifacts = z.object({ artifacts: z.array(artifact), more: z.number(), quota: z.object({ usedBytes: z.number(), maxBytes: z.number(), count: z.number(), keptDays: z.number() }) });
export type Artifacts = z.infer<typeof artifacts>;
/** Answer to POST /artifacts/{id}/reveal: from now on that person's page shows the values of a dump that are masked else. Written to the audit. */
export const artifactReveal = z.object({ at: z.string(), by: z.string() });
export type ArtifactReveal = z.infer<typeof artifactReveal>;
export const changeArtifact = z.object({ pinned: z.boolean() });
