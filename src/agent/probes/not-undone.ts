// A mechanism that could neither insert a probe nor take out what it had put in says so by this code: what it noted is removed later.
import { failure, type Result } from '../../base/index.ts';

export const notUndone = 'probe.not-removed';
/** It was told to end before it was in, and its process has not answered since. */
export const noAnswer = 'probe.no-answer';

/** `why`: a sentence. */
export const stillIn = (why: string): Result<never> =>
  failure(notUndone, `It could not be inserted: ${why.replace(/\.$/, '')}; and what had been put in could not be taken out.`, 'It makes nothing. Weir tries again to take it out, also at its next start; ending the process removes it for certain.');
