// Builds the exporters that the options name; each has its own connections, so that a stuck downstream delays no other.
import { failure, ok, type Clock, type Result } from '../base/index.ts';
import { defaultExporter } from '../engine/index.ts';
import { discardingExporter, OtlpHttpExporter, parseDownstream, type Exporter, type HeldLedger } from './export/index.ts';
import type { ReadyOptions } from './options.ts';
import { httpPoster, type Random } from './ports/index.ts';

/** Requests under way per downstream. */
const concurrency = 4;
/** The default of OTLP exporters in the OpenTelemetry specification. */
const timeoutMs = 10_000;
/** Costs this much delay at most, and spares a request for each of many small batches. */
const lingerMs = 20;
const backoff = { baseMs: 500, capMs: 30_000 };

export function buildExporters({ forward, exporters, gzip, queueBytes }: Pick<ReadyOptions, 'forward' | 'exporters' | 'gzip' | 'queueBytes'>, clock: Clock, random: Random, ledger: HeldLedger): Result<Map<string, Exporter>> {
  const built = new Map<string, Exporter>();
  if (forward === null) built.set(defaultExporter, discardingExporter(defaultExporter));
  const wanted = forward === null ? [...exporters] : [[defaultExporter, forward] as const, ...exporters];
  for (const [name, text] of wanted) {
    if (built.has(name)) return failure('agent.exporter_twice', `Exporter "${name}" is configured twice.`, 'Give each exporter its own name; "default" is the one that --forward sets.');
    const url = parseDownstream(text);
    if (!url.ok) return url;
    built.set(name, new OtlpHttpExporter({
      name, url: url.value, maxQueuedBytes: queueBytes, gzip, concurrency, timeoutMs, backoff, lingerMs, poster: httpPoster(concurrency), clock, random,
      onHeld: (delta) => ledger.change(delta),
    }));
  }
  return ok(built);
}
