// The mock's canary: a run takes six seconds, and finds the one way on which a rule misses an e-mail address, and a detector that no
// rule is meant for. Rules that change after a run make it stale.
import type { CanaryProbe } from '../../src/model/index.ts';
import type { CanaryRun } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import type { MockBackend } from '../backend.ts';

const runMs = 6000;
const meant: Readonly<Record<string, string | null>> = { 'github-token': 'redact-github-tokens', 'jwt': 'personal-data', 'secret-assignment': 'personal-data', 'email': 'personal-data', 'iban': null };
const ways = [['otlp-http', 'exporter default'], ['otlp-grpc', 'exporter default'], ['otlp-http', 'tail'], ['otlp-grpc', 'recorder'], ['otlp-http', 'audit'], ['otlp-http', 'files']] as const;

const probes: readonly CanaryProbe[] = ways.flatMap(([input, output]) => Object.entries(meant).map(([detector, meantBy]): CanaryProbe => {
  const leaks = output !== 'audit' && output !== 'files' && (meantBy === null || (output === 'recorder' && detector === 'email'));
  return { input, output, signal: input === 'otlp-grpc' ? 'spans' : 'logs', place: detector === 'email' ? 'attribute' : 'body', detector, outcome: leaks ? 'leaked' : 'stopped', rule: leaks ? null : meantBy, meantBy };
}));

export class MockCanary {
  readonly #backend: MockBackend;
  #startedMs: number;
  #runs = 1;

  constructor(backend: MockBackend) {
    this.#backend = backend;
    this.#startedMs = backend.startedMs - 95_000;
  }

  start(): CanaryRun { this.#startedMs = this.#backend.clock(); this.#runs += 1; return this.last(); }
  running(): boolean { return this.#backend.clock() < this.#startedMs + runMs; }

  last(): CanaryRun {
    const gone = this.#backend.clock() - this.#startedMs;
    const agents = mockAgents(this.#backend).map(({ id, name, connected }, i): CanaryRun['agents'][number] => {
      if (!connected) return { id, name, state: 'away', problem: 'The agent was away when the run began.', probes: [] };
      const done = gone >= runMs - i * 1500;
      return { id, name, state: done ? 'done' : 'running', problem: null, probes: done ? [...probes] : [] };
    });
    return { id: `run-${this.#runs}`, startedAt: this.#backend.iso(this.#startedMs), finishedAt: this.running() ? null : this.#backend.iso(this.#startedMs + runMs), by: 'you', rulesChangedSince: this.#changed(), agents };
  }

  /** Rules that were deployed or ended since the run began. */
  #changed(): number {
    return [...this.#backend.store.rules.values()].filter(({ marks }) => marks.some(({ t }) => t > this.#startedMs)).length;
  }
}
