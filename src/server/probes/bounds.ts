// Bounds of the probe book.

/** Probes that are remembered; those that are in never leave. */
export const keptProbes = 2000;
/** Of one agent, not over; what it invents beyond is refused and counted. */
export const maxPerAgent = 300;
export const maxReportBytes = 1024 * 1024;
/** An agent that has connected says at once what it has; what it does not speak of is not in. Nor what it never answered. */
export const silentMs = 30_000;
/** Counts are written down this often; a change of state at once. */
export const writeEveryMs = 5000;
/** How long a person waits. Opening an inspector and reading symbols of a large binary take seconds. */
export const lookTimeoutMs = 20_000;
/** A person who looks into a process is audited for it once in this time. */
export const notedMs = 60_000;
export const mostNoted = 10_000;
