// How many files all recorders of a process hold open for writing at a time, however many recorders there are: the others wait.
const mostOpen = 16;

let open = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when it is its turn. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (open >= mostOpen) await new Promise<void>((resolve) => { waiting.push(resolve); }); else open++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) open--; else next();
  }
}
