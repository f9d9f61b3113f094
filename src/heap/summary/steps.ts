// Long work in steps, so that whoever runs it can answer something else between two of them, or stop.

/** Yields where it may rest; its value is what the work gives. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Rows of a snapshot that one step looks at: some milliseconds. */
export const rowsInStep = 1 << 16;

/** All of it at once. */
export function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
