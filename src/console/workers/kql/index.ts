// Public face of the KQL worker for the console's views.
import { WorkerKqlClient } from './client.ts';
import { openKqlWorker } from './open-worker.ts';
import type { KqlClient } from './types.ts';

export type { KqlAnalysis, KqlClient, KqlCompletion, KqlHover, KqlMode, KqlToken, LiveField } from './types.ts';

/** A client of one worker; nothing is loaded before the first call. Share one per page. */
export function createKqlClient(): KqlClient { return new WorkerKqlClient(openKqlWorker); }
