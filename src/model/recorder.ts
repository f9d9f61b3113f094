// Flight recorders: named rings of records on an agent, filled by `record()` rules, that go nowhere until they are collected.
// A collected recorder is a file of frames (format `otlp-frames`): the bytes `WEIRREC1`, then per frame a header of 24 bytes (little
// endian: u32 length of the OTLP request, u8 signal 1 logs 2 spans 3 metrics, u8 0, u16 length of the key in UTF-8, u64 Unix nanoseconds,
// u32 records, u32 CRC-32 (IEEE) of key and request), then key and request. Disk-backed rings are segments of the same frames.
import { z } from 'zod';

export const recorderName = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/i, 'Use 1 to 63 letters, digits, dots, dashes and underscores.');
/** What a person decides; a recorder that a rule names and nobody defined is plain with `defaultRecorder`. */
export const recorderDefinition = z.strictObject({
  name: recorderName, description: z.string().max(500).default(''),
  maxBytes: z.number().int().min(4096).max(2 ** 33).default(4 * 2 ** 20),
  /** KQL expressions over the record; one ring per combination of their values. Empty: plain. */
  key: z.array(z.string().min(1).max(500)).max(4).default([]),
  /** Keyed: at most so many rings, the one that was quiet longest goes first; each gets at most `maxBytes / 1`, all together `maxBytes`. */
  maxKeys: z.number().int().min(1).max(100_000).default(1000),
  /** Nothing older is kept; null: as far back as the bytes reach. Milliseconds. */
  maxAgeMs: z.number().int().min(1000).nullable().default(null),
  /** Kept on disk: it outlives a killed agent, up to the last second. */
  disk: z.boolean().default(false),
});
export type RecorderDefinition = z.infer<typeof recorderDefinition>;

/** As agents get it: the key compiled to KQL expressions (kql `Expr`), checked by the engine. */
export const agentRecorder = recorderDefinition.omit({ key: true, description: true }).extend({ key: z.array(z.object({ text: z.string(), expr: z.unknown() })) });
export type AgentRecorder = z.infer<typeof agentRecorder>;

/** One recorder now; part of the agent's status. Totals since the agent started, but what is held. */
export const recorderState = z.object({
  name: z.string(), records: z.number(), bytes: z.number(), maxBytes: z.number(), evicted: z.number(), oldestUnixMs: z.number().nullable(),
  newestUnixMs: z.number().nullable().optional(), /** Ever taken, and what had no room at all. */ taken: z.number().optional(), takenBytes: z.number().optional(), refused: z.number().optional(),
  keys: z.number().optional(), evictedKeys: z.number().optional(), disk: z.boolean().optional(), /** What went wrong with its disk. */ problem: z.string().nullable().optional(),
  /** False: stopped by a person or a net; records pass it by. */
  running: z.boolean().optional(),
});
export type RecorderState = z.infer<typeof recorderState>;

/** server → agent, type `recorders.keys` with the same `ask` back as `recorders.keys-report`: the rings of a keyed recorder, fullest first. */
export const recorderKeysRequest = z.object({ ask: z.string(), recorder: z.string() });
export const recorderKey = z.object({ key: z.string(), records: z.number(), bytes: z.number(), oldestUnixMs: z.number().nullable(), newestUnixMs: z.number().nullable() });
export const recorderKeysReport = z.object({ ask: z.string(), keys: z.array(recorderKey), more: z.number() });

// REST: GET /recorders · PUT /recorders/{name} (recorderDefinition) · DELETE /recorders/{name} · GET /recorders/{name}/keys?agent
//       Collecting is the action `collect-recorder`.
export const fleetRecorder = z.object({
  definition: recorderDefinition, /** No definition was written: the default. */ isDefault: z.boolean(),
  rules: z.array(z.object({ id: z.string(), name: z.string(), running: z.boolean() })),
  agents: z.array(recorderState.extend({ agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean() }), /** Of the last ten seconds. */ recordsPerSecond: z.number(), bytesPerSecond: z.number() })),
});
export type FleetRecorder = z.infer<typeof fleetRecorder>;
export const fleetRecorders = z.object({ recorders: z.array(fleetRecorder), budgets: z.array(z.object({ /** By name. */ agent: z.string(), bytes: z.number(), maxBytes: z.number() })) });
export type FleetRecorders = z.infer<typeof fleetRecorders>;
