// The mock's canary: a run takes six seconds, and finds the one way on which nothing hides an e-mail address yet.
import type { CanaryProbe } from '../../src/model/index.ts';
import type { CanaryRun } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import type { MockBackend } from '../backend.ts';

const runMs = 6000;
const detectors = ['github-token', 'jwt', 'secret-assignment', 'email'] as const;
const ways = [['otlp-http', 'exporter otlp-main'], ['otlp-http', 'tail'], ['otlp-grpc', 'exporter otlp-main'], ['otlp-grpc', 'recorder checkout-verbose'], ['otlp-http', 'artifacts']] as const;

const outcome = (detector: string, output: string): CanaryProbe['outcome'] => (output === 'artifacts' && detector === 'email' ? 'leaked' : 'stopped');

const probes: readonly CanaryProbe[] = ways.flatMap(([input, output]) => detectors.map((detector): CanaryProbe =>
  ({ input, output, signal: input === 'otlp-grpc' ? 'spans' : 'logs', place: detector === 'email' ? 'attribute' : 'body', detector, outcome: outcome(detector, output), rule: outcome(detector, output) === 'stopped' ? detector === 'github-token' ? 'redact-github-tokens' : 'personal-data' : null })));

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
    return { id: `run-${this.#runs}`, startedAt: this.#backend.iso(this.#startedMs), finishedAt: this.running() ? null : this.#backend.iso(this.#startedMs + runMs), by: 'you', agents };
  }
}
