// Coverage: bytes and records that came in by service, and of these what at least one redact rule or policy looked at.
import type { CoverageCell } from '../../model/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import type { Names } from './names.ts';

const mostServices = 1000;

type Tally = { -readonly [K in keyof CoverageCell]: CoverageCell[K] };

export class Coverage {
  readonly #names: Names;
  /** By a hash of the service's name, as `Talkers` has it. */
  readonly #byService = new Map<number, Tally>();
  /** Records of services that had no room. */
  #others = 0;
  /** The services of the request in hand. */
  #named: { view: RequestView | null; names: readonly string[] } = { view: null, names: [] };

  constructor(names: Names) { this.#names = names; }

  /** Records that came, of one resource of a request; `hash` is of its service. */
  received(view: RequestView, resource: number, hash: number, records: number, bytes: number): void {
    const tally = this.#byService.get(hash) ?? this.#begin(view, resource, hash);
    if (tally === null) { this.#others += records; return; }
    tally.records += records;
    tally.bytes += bytes;
  }

  /** What was looked at of the request, by record; `hashes` by resource. */
  covered(view: RequestView, hashes: Int32Array, flags: Uint8Array): void {
    for (let i = 0; i < flags.length; i++) {
      if (flags[i] === 0) continue;
      const tally = this.#byService.get(hashes[view.resourceOf(i)]!);
      if (tally === undefined) continue;
      tally.coveredRecords++;
      tally.coveredBytes += view.recordEnd(i) - view.recordStart(i);
    }
  }

  #begin(view: RequestView, resource: number, hash: number): Tally | null {
    if (this.#byService.size >= mostServices) return null;
    if (view !== this.#named.view) this.#named = { view, names: codec.serviceNames(view) };
    const name = this.#named.names[resource] ?? '';
    const made = { service: this.#names.clean(name, name), bytes: 0, coveredBytes: 0, records: 0, coveredRecords: 0 };
    this.#byService.set(hash, made);
    return made;
  }

  /** Since the last call. */
  take(): { readonly cells: readonly CoverageCell[]; readonly others: number } {
    const taken = { cells: [...this.#byService.values()], others: this.#others };
    this.#byService.clear();
    this.#others = 0;
    this.#named = { view: null, names: [] };
    return taken;
  }
}
