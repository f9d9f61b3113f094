// The profile worker within the test's own thread, and a client of it.
import { inProcess, testWorker } from '../../calls/testing/in-process.ts';
import { createProfileClient } from '../client.ts';
import { serveProfile } from '../serve.ts';
import type { ProfileClient } from '../types.ts';

export const profileInProcess = (): ProfileClient => createProfileClient(() => inProcess(serveProfile));

/** In place of the browser's Worker: `vi.stubGlobal('Worker', ProfileTestWorker)`. */
export const ProfileTestWorker = testWorker(serveProfile);
