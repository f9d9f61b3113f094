// Wires one thread: settings, rules, hooks, reports. Everything on a timer lets the process end.
import { isMainThread, threadId } from 'node:worker_threads';
import type { Clock } from '../base/index.ts';
import type { InProcessReport, InProcessRules } from '../model/index.ts';
import { environmentResource } from './environment-resource.ts';
import { hookLoggers, hookTracers, watchApi } from './hooks/index.ts';
import { Judge } from './judge.ts';
import { Levels } from './levels.ts';
import { Meter, threadUsage } from './meter.ts';
import { ReportFile } from './report-file.ts';
import { lookEveryMs, RulesFile } from './rules-file.ts';
import { RuleBook } from './rules/index.ts';
import { debug, say } from './say.ts';
import { tellMetrics } from './self-metrics.ts';
import type { Settings } from './settings.ts';
import { verboseUntil } from './verbose-file.ts';

const reportEveryMs = 2000;
const clock: Clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** In force when it returns. */
export function start(settings: Settings): void {
  const thread = new Thread(settings);
  thread.look();
  thread.hook();
  setInterval(() => { thread.look(); }, lookEveryMs).unref();
  setInterval(() => { thread.report(false); }, reportEveryMs).unref();
  process.once('exit', () => { thread.report(true); });
}

class Thread {
  readonly #settings: Settings;
  readonly #book = new RuleBook(clock);
  readonly #levels = new Levels(() => Date.now());
  readonly #meter: Meter;
  readonly #judge: Judge;
  readonly #file: RulesFile | null;
  readonly #reports: ReportFile | null;
  readonly #startedUnixMs = Date.now();
  #rulesText = '';
  #problem = '';
  #seen = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#levels.minSeverity = settings.minSeverity;
    this.#meter = new Meter(settings.cpuShare, { nowMs: () => performance.now(), usage: threadUsage });
    this.#judge = new Judge({ book: this.#book, levels: this.#levels, meter: this.#meter, resource: environmentResource(process.env), onFault });
    this.#file = settings.rulesPath === null ? null : new RulesFile(settings.rulesPath);
    this.#reports = settings.rulesPath === null ? null : new ReportFile(settings.rulesPath);
  }

  hook(): void {
    const judge = this.#judge;
    watchApi({
      logs: (provider) => { this.#seen = true; hookLoggers(provider, judge); },
      traces: (provider) => { this.#seen = true; hookTracers(provider, judge, unwatched); },
      metrics: (provider) => { tellMetrics(provider, [judge.logs, judge.spans]); },
    }, unwatched);
  }

  /** At what changed since the last time. Never throws: it runs inside an app. */
  look(): void {
    try {
      const changed = this.#file?.changed() ?? null;
      if (changed !== null) this.#note(changed.ok ? this.#take(changed.value) : changed.error.message);
      const { verbosePath } = this.#settings;
      if (verbosePath !== null) this.#levels.fileUntilUnixMs = verboseUntil(verbosePath);
      this.#book.gate.expire(Date.now());
      if (this.#meter.judge()) this.#turnOff();
    } catch (error) {
      this.#note(messageOf(error));
    }
  }

  /** What is wrong with it, or empty. */
  #take(rules: InProcessRules): string {
    this.#levels.minSeverity = rules.minSeverity > 0 ? rules.minSeverity : this.#settings.minSeverity;
    this.#levels.setValves(rules.valves, process.pid);
    const text = JSON.stringify([rules.rules, rules.agent]);
    if (text === this.#rulesText) return '';
    const problem = this.#book.replace(rules);
    if (problem === '') this.#rulesText = text;
    debug(`${rules.rules.length} rules from ${this.#file?.path ?? ''}${problem === '' ? '' : `, refused: ${problem}`}`);
    return problem;
  }

  #note(problem: string): void {
    if (problem !== '' && problem !== this.#problem) say(`${problem} The rules before it stay in force.`);
    this.#problem = problem;
  }

  #turnOff(): void {
    const reason = `Rules took ${(this.#meter.share * 100).toFixed(1)}% of a core in this process, more than ${this.#settings.cpuShare * 100}%.`;
    if (!this.#book.gate.isFor('logs') && !this.#book.gate.isFor('spans')) return;
    this.#book.gate.turnOff(reason);
    say(`${reason} They are off here until they are deployed again; redaction goes on.`);
  }

  report(ended: boolean): void {
    try {
      this.#reports?.write(this.#facts(ended));
      if (ended && !this.#seen) debug('no OpenTelemetry was registered in this process, so there was nothing to do');
    } catch (error) {
      debug(messageOf(error));
    }
  }

  #facts(ended: boolean): InProcessReport {
    const { logs, spans, service } = this.#judge;
    return {
      version: 1, pid: process.pid, thread: isMainThread ? 0 : threadId, node: process.version, service, startedUnixMs: this.#startedUnixMs, atUnixMs: Date.now(), ended,
      problem: this.#problem, cpuShare: Number(this.#meter.share.toFixed(4)), minSeverity: this.#levels.minSeverity,
      counts: [{ ...logs }, { ...spans }], rules: [...this.#book.counts()], hidden: [...(this.#book.rewriter?.hidden() ?? [])],
    };
  }
}

function unwatched(error: unknown): void { say(`a part of this process's telemetry passes by Weir's rules here (the agent still has it): ${messageOf(error)}`); }

function onFault(error: unknown, withheld: boolean): void {
  say(`a record could not be put to the rules and ${withheld ? 'did not leave, for it may hold secrets' : 'left as it was'}: ${messageOf(error)} Further ones are only counted.`);
}
