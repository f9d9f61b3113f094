// Every bound of the redaction audit in one place: what a fleet may fill, however hostile one of its agents is. What does not
// fit is folded into `other` or refused, and counted.

/** Bytes of one message of an agent about redaction. */
export const maxMessageBytes = 4 * 1024 * 1024;
/** Of one report: as many as an agent's own book holds (engine/redaction). */
export const maxCells = 5000;
export const maxReportServices = 1000;
/** Distinct values that one cell names. */
export const maxCellFingerprints = 64;
/** Reports of one agent within ten seconds: they come once a second, and late ones in a bunch. */
export const maxReportsPer10s = 60;
/** And their bytes: reading one MiB takes a tenth of a second. */
export const maxBytesPer10s = 8 * 1024 * 1024;
/** Characters. Longer names are cut, so that their counts are not lost. */
export const maxLength = { service: 200, durableId: 400, source: 400, key: 300, context: 300, exporter: 100, rule: 100 } as const;

/** Sources that are remembered; those of one agent's making. */
export const maxSources = 5000;
export const maxSourcesPerAgent = 1000;
/** Rules with version and action, and exporters. */
export const maxWays = 4000;
/** Services whose coverage one bucket tells apart. */
export const maxServices = 200;
/** Counts of one bucket: beyond, agents are no longer told apart; beyond twice as many, neither are sources. */
export const maxBucketRows = 1000;
/** In all, some 60 MB in memory and 20 MB on disk; beyond, the oldest are folded before their time. */
export const maxRows = 250_000;
/** Pairs of a source and an agent whose last leak and last finding are known. */
export const maxStands = 50_000;
/** Distinct values of one source in one period, and of all. */
export const maxDistinct = 1000;
export const maxAllDistinct = 100_000;
/** Rules of which an agent is known to have applied them, and those that it ran before. */
export const maxAppliedRules = 500;
export const maxEndedRules = 20;
/** Pairs of an agent and a service whose last record is known. */
export const maxPassing = 50_000;

const minute = 60_000;
export const hourMs = 60 * minute;
export const dayMs = 24 * hourMs;
/** Buckets: how long each is, and until what age its counts stay so fine. */
export const widths = [{ ms: 10_000, untilMs: hourMs }, { ms: minute, untilMs: dayMs }, { ms: hourMs, untilMs: 30 * dayMs }] as const;
export const retentionMs = 30 * dayMs;
