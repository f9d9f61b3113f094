// What the page holds of an open profile: its own worker, which ends with it. Ending the worker is how a reading is cancelled.
import { createCallClient, endOfWorker, type CallEnd, type FromCallWorker, type ToCallWorker } from '../calls/index.ts';
import type { ProfileCalls, ProfileClient, ProfileProgress } from './types.ts';

type End = CallEnd<ToCallWorker, FromCallWorker<ProfileProgress>>;

/** The worker starts at once; `close` ends it. */
export const createProfileClient = (connect: () => End = startWorker): ProfileClient => createCallClient<ProfileCalls, ProfileProgress>(connect(), 'The profile was closed.');

const startWorker = (): End => endOfWorker(new Worker(new URL('./profile.worker.ts', import.meta.url), { type: 'module', name: 'profile' }), 'The reader of profiles');
