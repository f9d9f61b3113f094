// Records of one request that are alike (durable id, severity; one resource at a time), counted beside each other before the events hear of
// them: a request holds many records of few lines of code, and these few places stay in the processor's nearest memory. A place stays
// with its kind of record from request to request, until another wants it that this request has not seen.

const places = 4096;
const mask = places - 1;
/** Int32s of a place: id, severity, records, bytes, index of the last record, whether it is taken. A record has less than 2^31 bytes, and so has a request. */
const stride = 8;
export const tId = 0, tSeverity = 1, tRecords = 2, tBytes = 3, tIndex = 4;
const tTaken = 5;

export class Tally {
  readonly values = new Int32Array(places * stride);
  /** Offsets of places that have records, in order. */
  readonly touched = new Int32Array(places);
  used = 0;

  /** Counts the record in its place; false when that is not its own. */
  add(id: number, severity: number, bytes: number, index: number): boolean {
    const { values } = this;
    const at = placeOf(id, severity);
    if (values[at] !== id || values[at + tSeverity] !== severity || values[at + tTaken] === 0) return false;
    if (values[at + tRecords]!++ === 0) this.touched[this.used++] = at;
    values[at + tBytes]! += bytes;
    values[at + tIndex] = index;
    return true;
  }

  /** Gives such records their place from the next one on, unless this request needs it for others. */
  take(id: number, severity: number): void {
    const { values } = this;
    const at = placeOf(id, severity);
    if (values[at + tRecords]! > 0) return;
    values[at] = id;
    values[at + tSeverity] = severity;
    values[at + tBytes] = 0;
    values[at + tTaken] = 1;
  }

  /** The counts of a place were taken over. */
  empty(at: number): void { this.values[at + tRecords] = this.values[at + tBytes] = 0; }
}

const placeOf = (id: number, severity: number): number => ((id ^ (id >>> 15) ^ (severity << 3)) & mask) * stride;
