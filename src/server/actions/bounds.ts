// Bounds of the action book.

/** Runs that are remembered; those that are not over never leave. */
export const keptRuns = 5000;
/** Runs of one agent that are not over; what it invents beyond is refused and counted. */
export const maxUnfinishedPerAgent = 200;
/** An agent that is there speaks of each of its runs once a second. One that is not spoken of for so long is not run. */
export const silentMs = 30_000;
/** Artifacts of a run whose agent was restarted come from its spool; after so long they do not come any more. */
export const uploadingMs = 24 * 3_600_000;
/** Of one report; and runs whose newest report waits to be written down. */
export const maxReportBytes = 512 * 1024;
export const maxWaitingReports = 2000;
/** Of one message of an agent. */
export const maxMessageBytes = 4 * 1024 * 1024;
/** Questions on their way to agents. */
export const maxAsks = 200;
/** How long a person waits for an agent's answer: a machine in trouble is slow, and is the one that is asked. */
export const previewTimeoutMs = 30_000;
export const processesTimeoutMs = 30_000;
