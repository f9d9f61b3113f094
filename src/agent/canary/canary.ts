// A canary run: generated secrets in through every receiver, and a look at every way out. Its records go through the rules in force
// like any other; they are taken out at the exporters' doors, so that no backend ever gets a generated secret.
import { decodeUtf8, type Clock } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import type { AgentRuleInput, CanaryProbe, CanaryResult, RedactionReport, Signal } from '../../model/index.ts';
import type { Codec } from '../../otlp/index.ts';
import type { KeyRing } from '../../redaction/index.ts';
import type { Outgoing } from '../export/index.ts';
import type { TailTaps } from '../pipeline/index.ts';
import { unixMs } from '../ports/index.ts';
import type { Doors } from './doors.ts';
import { meantBy, type Meant } from './meant-by.ts';
import { canaryServicePrefix, planCanary, type CanaryPlan } from './probes.ts';
import { CanaryWatch } from './watch.ts';

export interface CanaryOptions {
  readonly codec: Codec;
  readonly clock: Clock;
  readonly keys: KeyRing;
  /** The rules in force. */
  readonly rules: () => readonly AgentRuleInput[];
  readonly openDoors: () => Doors;
  /** Has the audit's report made now, which comes back by `seeReport`. */
  readonly report: () => void;
  /** The bytes of every file that this agent keeps, one after another. */
  readonly files: () => AsyncIterable<Uint8Array>;
  readonly onTaken: (records: number) => void;
}

/** After the last request was answered: batches wait for company this long at most, and the tail a little. */
const settleMs = 400;
const exporterOutput = (name: string): string => `exporter ${name}`;
/** What must not hold a secret in any form; here no record is waited for. */
const neverHolds = new Set(['audit', 'files']);

export class Canary {
  readonly #options: CanaryOptions;
  #watch: CanaryWatch | null = null;

  constructor(options: CanaryOptions) { this.#options = options; }

  get isRunning(): boolean { return this.#watch !== null; }

  /** What a tail is given, and what a canary sees of it. */
  taps(tails: TailTaps): TailTaps {
    return {
      wants: (signal) => (this.#watch === null ? tails.wants(signal) : { in: true, out: true }),
      offer: (signal, stage, bytes) => {
        this.#watch?.see(stage === 'in' ? 'tail before rules' : 'tail', bytes);
        tails.offer(signal, stage, bytes);
      },
    };
  }

  /** True when the batch is a canary's and goes no further. */
  takes(exporter: string, { signal, bytes, records }: Outgoing): boolean {
    if (this.#watch === null || !this.#isCanary(signal, bytes)) return false;
    this.#watch.see(exporterOutput(exporter), bytes);
    this.#options.onTaken(records);
    return true;
  }

  seeReport(report: RedactionReport): void { this.#watch?.seeReport(report); }

  /** One at a time. Never rejects: what went wrong is in the result. */
  async run(run: string, seed: number): Promise<CanaryResult> {
    const { clock } = this.#options;
    const startedUnixMs = unixMs(clock);
    const end = (probes: readonly CanaryProbe[], problem: string | null, notTested?: Meant['notTested']): CanaryResult =>
      ({ run, startedUnixMs, finishedUnixMs: unixMs(clock), probes: [...probes], problem, ...(notTested !== undefined && { notTested: [...notTested] }) });
    if (this.isRunning) return end([], 'A canary is running on this agent already; wait for it to end.');
    const plan = planCanary(run, seed, clock.nowUnixNano());
    const watch = this.#watch = new CanaryWatch(plan);
    try {
      const meant = await meantBy(plan, this.#options.rules(), this.#options);
      const problem = await this.#send(plan);
      await new Promise((resolve) => { setTimeout(resolve, settleMs); });
      this.#options.report();
      this.#record(plan, watch);
      for await (const bytes of this.#options.files()) watch.see('files', bytes);
      return end(outcomes(plan, watch, meant.by), problem, meant.notTested);
    } catch (error) {
      return end([], `The canary ended early: ${(error as Error).message}`);
    } finally {
      this.#watch = null;
    }
  }

  /** The first problem; requests after it are sent all the same. */
  async #send({ documents }: CanaryPlan): Promise<string | null> {
    const doors = this.#options.openDoors();
    let problem: string | null = null;
    try {
      for (const document of documents) await doors.send(document).catch((error: unknown) => { problem ??= `${document.input}, ${document.signal}: ${(error as Error).message}`; });
    } finally {
      doors.close();
    }
    return problem;
  }

  /** Flight recorders hold what rules send them, so a rule is needed that does: beside the rules in force, in a pipeline of its own. */
  #record({ documents }: CanaryPlan, watch: CanaryWatch): void {
    const { codec, clock, keys, rules } = this.#options;
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: recorderBytes, maxGroups: 1000, redactionKeys: keys });
    const replaced = pipeline.replaceRules([...rules(), ...recordRules], [], 'rule-by-rule');
    if (!replaced.ok) throw new Error(replaced.error.message);
    for (const { signal, document } of documents) {
      const bytes = codec.jsonToProtobuf(signal, Buffer.from(JSON.stringify(document)));
      if (bytes.ok) pipeline.process(signal, bytes.value, { in: false, out: false });
    }
    for (const { name } of pipeline.recorders().states) for (const { bytes } of pipeline.recorder(name) ?? []) watch.see('recorder', bytes);
  }

  /** A request of the canary's holds nothing but canaries; rules may have made batches of their own, which pass. */
  #isCanary(signal: Signal, bytes: Uint8Array): boolean {
    if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(canaryServicePrefix)) return false;
    const { codec } = this.#options;
    const walked = codec.walk(signal, bytes);
    if (!walked.ok || walked.value.recordCount === 0) return false;
    const cursor = codec.cursor();
    const service = codec.columnId(signal, 'ServiceName');
    cursor.reset(walked.value);
    for (let i = 0; i < walked.value.recordCount; i++) {
      cursor.moveTo(i);
      const isNamed = cursor.slice(service) && decodeUtf8(bytes, cursor.sliceStart, cursor.sliceEnd).startsWith(canaryServicePrefix);
      if (!isNamed) return false;
    }
    return true;
  }
}

const recorderBytes = 4 * 1024 * 1024;
const recordRules: readonly AgentRuleInput[] = ['Logs', 'Spans', 'Metrics'].map((table) => ({
  id: `weir-canary-${table}`, name: 'weir-canary', version: 1, order: 0, plan: { version: 1, table, operators: [], sink: { sink: 'record', recorder: 'weir-canary', tee: true } },
}));

function outcomes({ probes }: CanaryPlan, watch: CanaryWatch, meant: readonly (string | null)[]): CanaryProbe[] {
  const outputs = [...new Set([...watch.outputs(), ...neverHolds])];
  return probes.flatMap((probe, i) => {
    const { input, signal, place, detector } = probe;
    return outputs.map((output) => ({ input, output, signal, place, detector, outcome: watch.outcome(i, output, neverHolds.has(output)), rule: watch.ruleOf(probe), meantBy: meant[i] ?? null }));
  });
}
