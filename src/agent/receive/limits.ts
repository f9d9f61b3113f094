// What a receiver may be asked to hold. Every bound has an answer for the sender; none ends the process.

export interface ReceiveLimits {
  /** A body as it arrives. */
  readonly maxBodyBytes: number;
  /** The same body after inflating. */
  readonly maxInflatedBytes: number;
  /** Bodies that are arriving or inflating at once, HTTP and gRPC each. */
  readonly maxRequests: number;
  /** Bytes of those bodies. */
  readonly maxPendingBytes: number;
  readonly maxConnections: number;
  /** All headers must be there by then. */
  readonly headersTimeoutMs: number;
  /** The whole request must be there by then. */
  readonly requestTimeoutMs: number;
  /** What overloaded senders are told to wait. */
  readonly retryAfterSeconds: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: ReceiveLimits = {
  maxBodyBytes: 16 * mebibyte, maxInflatedBytes: 64 * mebibyte, maxRequests: 512, maxPendingBytes: 256 * mebibyte, maxConnections: 2048,
  headersTimeoutMs: 10_000, requestTimeoutMs: 60_000, retryAfterSeconds: 1,
};

/** Counts what is pending; over the bound the next request is turned away, with Retry-After, before its body is read. */
export class Admission {
  readonly #limits: ReceiveLimits;
  #requests = 0;
  #bytes = 0;
  constructor(limits: ReceiveLimits) { this.#limits = limits; }

  get overloaded(): boolean { return this.#requests >= this.#limits.maxRequests || this.#bytes >= this.#limits.maxPendingBytes; }

  enter(): void { this.#requests++; }
  hold(bytes: number): void { this.#bytes += bytes; }
  leave(heldBytes: number): void {
    this.#requests--;
    this.#bytes -= heldBytes;
  }
}
