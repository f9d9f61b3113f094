// The rip cord: back to pass-through at once. Every rule but redaction stops, every dynamic probe leaves, actions are cancelled, nets are
// disarmed; what arrives goes out. It stays pulled over restarts until somebody releases it. An agent has two cords: the server's and its
// own (`weir agent ripcord`); each is released by the hand that pulled it.
import { z } from 'zod';

export const ripCordReason = z.string().max(500).default('');
/** server → agent, type `rip-cord`, ahead of everything else, and again at each connection: how the server's cord stands. */
export const ripCordOrder = z.object({ pulled: z.boolean(), by: z.string().max(200), atUnixMs: z.number(), reason: ripCordReason });
export type RipCordOrder = z.infer<typeof ripCordOrder>;

export const ripCordPull = z.object({ from: z.enum(['server', 'machine']), by: z.string().max(200), atUnixMs: z.number(), reason: z.string().max(500) });
/** agent → server, type `rip-cord.report`, when it changed and at each connection. */
export const ripCordReport = z.object({
  /** The cords that are pulled; none: everything runs as deployed. */
  pulls: z.array(ripCordPull).max(2), atUnixMs: z.number(),
  /** Of the last pull: from the order's arrival to its last effect, milliseconds, and what it did. */
  effect: z.object({ tookMs: z.number(), probesRemoved: z.number(), actionsCancelled: z.number(), rulesOff: z.number(), netsDisarmed: z.number(), /** What could not be undone, and what to do. */ problems: z.array(z.string().max(500)).max(20) }).nullable(),
});
export type RipCordReport = z.infer<typeof ripCordReport>;

// REST: GET /rip-cord · POST /rip-cord/pull · POST /rip-cord/release
/** `agents`: ids; none: the whole fleet, those that come later too. */
export const changeRipCord = z.object({ agents: z.array(z.string().max(100)).max(5000).default([]), reason: ripCordReason });
export type ChangeRipCord = z.input<typeof changeRipCord>;
export const ripCordState = z.object({
  /** Pulled for the whole fleet. */
  fleet: ripCordPull.nullable(),
  agents: z.array(z.object({ agent: z.object({ id: z.string(), name: z.string(), connected: z.boolean() }), /** What was ordered of it alone or with all. */ ordered: ripCordPull.nullable(), /** What it said last. */ report: ripCordReport.nullable() })),
});
export type RipCordState = z.infer<typeof ripCordState>;
