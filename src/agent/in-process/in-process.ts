// Rules of location in-process: handed on to the processes of this machine, and what those report of them. A rule runs in one place, so
// none samples or counts twice; but redaction runs in both: it finds nothing in what it has hidden, and covers processes without it.
import type { DisabledRule, ReplaceManner } from '../../engine/index.ts';
import { inProcessFolder, inProcessReportsFolder, type AgentRuleInput, type InProcessReport, type InProcessRulesInput, type RuleStats } from '../../model/index.ts';
import type { VerbosePort } from '../actions/index.ts';
import type { Files } from '../ports/index.ts';
import type { RuleRunners } from '../rule-runners.ts';
import { Publisher } from './publisher.ts';
import { keyOf, ReportBook } from './report-book.ts';
import type { ReportsFolder } from './reports-folder.ts';

const readEveryMs = 2000;

interface Ports {
  /** Of the agent's folder. */
  readonly files: Files;
  readonly reports: ReportsFolder;
  readonly nowUnixMs: () => number;
  /** What targets name as `Agent`. */
  readonly agent: NonNullable<InProcessRulesInput['agent']>;
}

export class InProcess {
  readonly #publisher: Publisher;
  readonly #book: ReportBook;
  readonly #folder: ReportsFolder;
  #keys: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor({ files, reports, nowUnixMs, agent }: Ports) {
    this.#publisher = new Publisher(files, agent);
    this.#book = new ReportBook(reports, nowUnixMs);
    this.#folder = reports;
  }

  /** What the health report should say; empty when all is well. */
  get problem(): string { return this.#publisher.problem; }
  /** Of the threads that run under `weir/register` here. */
  get live(): readonly InProcessReport[] { return this.#book.live; }

  /** Makes the folder for reports, and reads them from now on. */
  async start(): Promise<void> {
    await this.#folder.make();
    await this.#book.read();
    this.#timer = setInterval(() => { void this.#book.read(); }, readEveryMs);
    this.#timer.unref();
  }

  /** The file stays: processes keep the rules that they have. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#publisher.settled();
  }

  /** The runners, of which processes are one: each rule goes to where it runs. */
  runners(others: RuleRunners): RuleRunners {
    return {
      replaceRules: (rules, disabled, manner) => this.#replace(others, rules, disabled, manner),
      defineRecorders: (recorders) => others.defineRecorders(recorders),
      stats: () => merged(others.stats(), this.#book.sums(this.#keys)),
    };
  }

  #replace(others: RuleRunners, rules: readonly AgentRuleInput[], disabled: readonly DisabledRule[] | undefined, manner: ReplaceManner | undefined): ReturnType<RuleRunners['replaceRules']> {
    const done = others.replaceRules(rules.filter((rule) => !isInProcess(rule) || mayRedact(rule)), disabled, manner);
    if (!done.ok) return done;
    const mine = rules.filter(isInProcess);
    this.#keys = new Set(mine.map(keyOf));
    this.#publisher.setRules(mine);
    return done;
  }

  /** Opens valves of the agent and those of processes as one. */
  valves(ofAgent: VerbosePort): VerbosePort {
    return {
      open: async (valve) => {
        const { id, process: of, severityNumber, untilUnixMs } = valve;
        const opened = await ofAgent.open(valve);
        if (opened.ok) await this.#publisher.openValve({ id, severityNumber, untilUnixMs, service: null, pid: of?.pid ?? null });
        return opened;
      },
      close: async (id) => {
        await this.#publisher.closeValve(id);
        return ofAgent.close(id);
      },
    };
  }
}

const isInProcess = ({ location }: AgentRuleInput): boolean => location === 'in-process';
/** Asked in plain text, for one that cannot be read covers as well. */
const mayRedact = ({ plan, policy }: AgentRuleInput): boolean => (policy !== null && policy !== undefined) || JSON.stringify(plan ?? null).includes('"redact"');

/** What a rule did on the agent and in processes is one. */
function merged(agent: readonly RuleStats[], processes: ReturnType<ReportBook['sums']>): readonly RuleStats[] {
  const sums = new Map(processes.map((sum) => [keyOf(sum), sum]));
  const both = agent.map((stats) => {
    const sum = sums.get(keyOf(stats));
    if (sum === undefined) return stats;
    sums.delete(keyOf(stats));
    return { ...stats, matched: stats.matched + sum.matched, removed: stats.removed + sum.removed, changed: stats.changed + sum.changed, errors: stats.errors + sum.errors, lastError: stats.lastError ?? sum.lastError ?? sum.disabled };
  });
  // Off in one process is not off: it is told as what went wrong last.
  const alone = [...sums.values()].map(({ id, version, matched, removed, changed, errors, lastError, disabled }): RuleStats =>
    ({ id, version, matched, removed, changed, emitted: 0, errors, cpuMs: 0, bytesRemoved: 0, lastError: disabled ?? lastError }));
  return [...both, ...alone];
}

/** Where threads leave their reports, in the agent's folder. */
export const reportsPath = (directory: string): string => `${directory}/${inProcessFolder}/${inProcessReportsFolder}`;
