// What every record touches of its event, eight numbers in one line of the processor's cache: with objects instead, counting costs three
// times as much. An event settles its row into its cells when somebody asks for its counts.

/** Numbers to a row. */
export const rowLength = 8;
/** Records until the fields are looked at, and the time from which they are at the latest. */
export const rUntilLook = 0, rLookUnixMs = 1;
/** The version and severity that was counted last (`cellKey`), and records, bytes and time of the last since it was settled. */
export const rCell = 2, rRecords = 3, rBytes = 4, rLastUnixMs = 5;
/** 1 while the event is in the line of those to be reported. */
export const rIsWaiting = 6;

export const cellKey = (version: number, severity: number): number => version * 32 + severity;
export const versionOf = (key: number): number => Math.floor(key / 32);
export const severityOf = (key: number): number => key % 32;

export class HotRows {
  values = new Float64Array(rowLength * 256);
  readonly #free: number[] = [];
  #used = 0;

  /** The offset of an empty row in `values`, which may be another array from now on. */
  take(): number {
    const row = this.#free.pop() ?? this.#used++ * rowLength;
    if (row >= this.values.length) {
      const bigger = new Float64Array(this.values.length * 2);
      bigger.set(this.values);
      this.values = bigger;
    }
    this.values.fill(0, row, row + rowLength);
    return row;
  }

  release(row: number): void { this.#free.push(row); }
}
