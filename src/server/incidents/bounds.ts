// Bounds of incidents.

/** Entries of one timeline; beyond, triggers are only counted, and actions and artifacts only listed. */
export const maxEntries = 5000;
/** Names of agents and of services that an incident lists. */
export const maxNames = 200;
/** A net's firing joins an open incident of its service that something happened in within this time. */
export const joinMs = 10 * 60_000;
/** Firings of one agent a minute; beyond, they are left unanswered, and the agent sends them again later. */
export const maxFiringsPerMinute = 60;
/** An agent keeps a firing until it is answered; nobody keeps one for longer. */
export const firingsKeptMs = 30 * 24 * 3_600_000;
export const maxFiredBytes = 64 * 1024;

/** What the big red button takes from one agent at most. */
export const maxRecordersPerAgent = 100;

/** What was deployed within this time before an incident belongs to its story. */
export const changesBeforeMs = 3_600_000;
/** Rates: a bucket, what is shown of the time before and after, how long they are kept, and points of one chart. */
export const rateBucketMs = 5000;
export const beforeMs = 5 * 60_000;
export const afterMs = 60_000;
export const ratesKeptMs = 90 * 24 * 3_600_000;
export const maxRatePoints = 720;

/** Of a bundle's parts that are read into memory. */
export const maxManifestBytes = 8 * 1024 * 1024;
export const maxDetailBytes = 8 * 1024 * 1024;
/** Actions and artifacts of one incident that are shown and exported. */
export const maxListed = 1000;
