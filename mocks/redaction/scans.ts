// The mock's full scans: one that ended before the start, and those that a person starts.
import type { RedactionOverview } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';
import { agentNames, countsOn } from './counts.ts';
import { coverOf } from './cover.ts';
import { shopSecrets } from './shop-secrets.ts';

type FullScan = NonNullable<RedactionOverview['fullScans']>[number];
const recordsPerSecond = 214;
const before = { fromMs: 330_000, toMs: 270_000 };

export class MockScans {
  readonly #backend: MockBackend;
  readonly #scans: { readonly fromMs: number; toMs: number; readonly by: string }[];

  constructor(backend: MockBackend) {
    this.#backend = backend;
    this.#scans = [{ fromMs: backend.startedMs - before.fromMs, toMs: backend.startedMs - before.toMs, by: 'weir' }];
  }

  start(untilMs: number): void { this.end(); this.#scans.push({ fromMs: this.#backend.clock(), toMs: untilMs, by: 'you' }); }
  end(): void { for (const scan of this.#scans) scan.toMs = Math.min(scan.toMs, this.#backend.clock()); }

  #found(from: number, to: number): number {
    return shopSecrets.flatMap(secret => agentNames.map(agent => countsOn(this.#backend, secret, coverOf(this.#backend, secret), agent, from, to).residual)).reduce((sum, count) => sum + count, 0);
  }

  /** Newest first; nothing is left unscanned in the mock. */
  list(seconds: number): FullScan[] {
    const now = this.#backend.clock();
    return this.#scans.filter(({ toMs }) => toMs > now - seconds * 1000).map(({ fromMs, toMs, by }): FullScan => {
      const records = Math.round((Math.min(now, toMs) - fromMs) / 1000 * recordsPerSecond);
      return { fromUnixMs: fromMs, toUnixMs: toMs, by, ...(by === 'weir' && { rule: 'redact-github-tokens' }), records, ofRecords: records, found: this.#found(fromMs, Math.min(now, toMs)), agents: ['shop-1', 'shop-2'] };
    }).toReversed();
  }
}
