// Entry of the profile worker.
import { endInWorker } from '../calls/index.ts';
import { serveProfile } from './serve.ts';

serveProfile(endInWorker());
