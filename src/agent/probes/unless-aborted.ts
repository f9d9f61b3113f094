// Nobody waits for work that was told to end and has not.

/** Rejects when the signal aborts first; what the work comes to then is nobody's. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let ended = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    ended = () => { reject(new Error(signal.reason instanceof Error && signal.reason.name === 'TimeoutError' ? 'it took too long' : 'it was ended, by the rip cord or with the agent')); };
    if (signal.aborted) ended(); else signal.addEventListener('abort', ended);
  });
  try { return await Promise.race([work, aborted]); } finally { signal.removeEventListener('abort', ended); }
}

/** Null: it was told to end, and has not within the grace; what it comes to then is nobody's. */
export async function unlessLate<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  let ended = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    ended = () => { timer = setTimeout(() => { resolve(null); }, graceMs); };
    if (signal.aborted) ended(); else signal.addEventListener('abort', ended);
  });
  void work.catch(() => undefined);
  try { return await Promise.race([work, late]); } finally { clearTimeout(timer); signal.removeEventListener('abort', ended); }
}
