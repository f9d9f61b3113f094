// Long work a step at a time: whoever runs it draws steps for as long as it likes, then lets others have their turn.
export type Steps<T> = Generator<undefined, T, undefined>;

/** An event may have a thousand fields: a few of those are a step of some milliseconds. */
const itemsPerStep = 4;

/** Runs for each item, with a step now and then. */
export function* eachOf<T>(items: Iterable<T>, run: (item: T) => void): Steps<void> {
  let count = 0;
  for (const item of items) {
    run(item);
    if (++count % itemsPerStep === 0) yield;
  }
}

/** All of it at once. */
export function allSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
