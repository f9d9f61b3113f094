// The worker's side: holds what was read, answers calls. No React, no DOM beyond streams.
import type { Failure } from '../../../base/index.ts';
import { compileExplanation, type RuleOutcome } from '../../../engine/index.ts';
import { codec } from '../../../otlp/index.ts';
import { createDryRun, expectationOf, runTests, scriptProblem, type DryRunRequest, type DryRunResult, type NewVm, type TestReport } from '../../../rules/index.ts';
import type { RulesCallName, RulesCalls } from './protocol.ts';
import { readInput } from './read-input.ts';
import type { TelemetrySource } from './types.ts';
import type { Work } from './work.ts';

export interface RulesServicePorts { readonly monotonicMs: () => number; /** Unix milliseconds. */ readonly nowMs: () => number; /** The sandbox for scripts. */ readonly newVm: NewVm }

export class RulesService {
  readonly #ports: RulesServicePorts;
  readonly #sources = new Map<number, readonly DryRunRequest[]>();
  #nextSource = 1;

  constructor(ports: RulesServicePorts) { this.#ports = ports; }

  release(source: number): void { this.#sources.delete(source); }

  /** Errors have messages for a person. */
  async answer(name: RulesCallName, args: readonly unknown[], work: Work): Promise<unknown> {
    switch (name) {
      case 'read': return this.#read(args as RulesCalls['read']['args'], work);
      case 'dryRun': return this.#dryRun(args as RulesCalls['dryRun']['args'], work);
      case 'requests': return this.#held((args as RulesCalls['requests']['args'])[0]).map(({ signal, bytes, sentAtMs }) => ({ signal, bytes, sentAtMs }));
      case 'dryRunOver': return this.#dryRunOver(args as RulesCalls['dryRunOver']['args'], work);
      case 'script': return this.#script(args as RulesCalls['script']['args'], work);
      case 'explain': return this.#explain(args as RulesCalls['explain']['args']);
      case 'expect': return this.#expect(args as RulesCalls['expect']['args'], work);
      case 'test': return this.#test(args as RulesCalls['test']['args'], work);
    }
  }

  async #read([given, name]: RulesCalls['read']['args'], work: Work): Promise<TelemetrySource> {
    const input = await readInput(typeof given === 'string' ? new Blob([given]) : given, this.#ports.nowMs(), work);
    if (!input.ok) throw told(input.error);
    const { requests, ...about } = input.value;
    const id = this.#nextSource++;
    this.#sources.set(id, requests);
    return { ...about, id, name };
  }

  #held(source: number): readonly DryRunRequest[] {
    const requests = this.#sources.get(source);
    if (requests === undefined) throw new Error('The records of this source are no longer held. Choose the file again.');
    return requests;
  }

  async #dryRun([source, options]: RulesCalls['dryRun']['args'], work: Work): Promise<DryRunResult> { return this.#dryRunOver([this.#held(source), options], work); }

  async #dryRunOver([requests, options]: RulesCalls['dryRunOver']['args'], work: Work): Promise<DryRunResult> {
    const vm = options.rule.kind === 'language' ? { vm: await this.#ports.newVm(), beat: () => work.beat() } : {};
    work.beat();
    const run = createDryRun({ ...options, ...vm, now: this.#ports.monotonicMs });
    if (!run.ok) throw told(run.error);
    for (const [i, request] of requests.entries()) {
      await work.breathe(i / requests.length);
      run.value.feed(request);
    }
    while (!run.value.settle(work.deadline)) await work.breathe(1);
    return run.value.result();
  }

  #explain([rules, signal, request, agent]: RulesCalls['explain']['args']): readonly RuleOutcome[] {
    const walked = codec.walk(signal, request);
    if (!walked.ok) throw told(walked.error);
    const now = BigInt(Math.round(this.#ports.nowMs())) * 1_000_000n;
    return compileExplanation(rules, { clock: { nowUnixNano: () => now, monotonicMs: this.#ports.monotonicMs }, agent }).explain(walked.value, 0);
  }

  async #script([script]: RulesCalls['script']['args'], work: Work): Promise<RulesCalls['script']['answer']> {
    const vm = await this.#ports.newVm();
    work.beat();
    return scriptProblem(script, vm);
  }

  /** The sandbox, and a beat once it is there: what it runs is called next. */
  #watchedVm(work: Work): NewVm {
    return async () => { const vm = await this.#ports.newVm(); work.beat(); return vm; };
  }

  async #expect([rule, given]: RulesCalls['expect']['args'], work: Work): Promise<RulesCalls['expect']['answer']> {
    const expected = await expectationOf(rule, given, this.#watchedVm(work));
    if (!expected.ok) throw told(expected.error);
    return expected.value;
  }

  /** Test by test, so that many can be cancelled. */
  async #test([rule, tests]: RulesCalls['test']['args'], work: Work): Promise<TestReport> {
    const results: TestReport['results'][number][] = [];
    for (const [i, test] of tests.entries()) {
      await work.breathe(i / tests.length);
      results.push(...(await runTests(rule, [test], { nowMs: this.#ports.monotonicMs, newVm: this.#watchedVm(work) })).results);
    }
    return { rule: rule.name, results };
  }
}

const told = ({ message, help }: Failure): Error => new Error(help === undefined ? message : `${message} ${help}`);
