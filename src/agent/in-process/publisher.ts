// Writes the file that processes under `weir/register` read: one write after another, each of what is true by then.
import { encodeUtf8 } from '../../base/index.ts';
import { inProcessFolder, inProcessRulesFile, type AgentRuleInput, type InProcessRulesInput, type InProcessValve } from '../../model/index.ts';
import type { Files } from '../ports/index.ts';

export class Publisher {
  readonly #files: Files;
  readonly #agent: NonNullable<InProcessRulesInput['agent']>;
  #rules: readonly AgentRuleInput[] = [];
  #valves: readonly InProcessValve[] = [];
  #writing: Promise<void> = Promise.resolve();
  #written = '';
  /** Empty when all is well. */
  problem = '';

  constructor(files: Files, agent: NonNullable<InProcessRulesInput['agent']>) {
    this.#files = files;
    this.#agent = agent;
  }

  setRules(rules: readonly AgentRuleInput[]): void { this.#rules = rules; this.#write(); }

  openValve(valve: InProcessValve): Promise<void> { this.#valves = [...this.#valves.filter(({ id }) => id !== valve.id), valve]; return this.#write(); }
  closeValve(id: string): Promise<void> { this.#valves = this.#valves.filter((valve) => valve.id !== id); return this.#write(); }

  /** When everything so far is on disk. */
  settled(): Promise<void> { return this.#writing; }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const content: InProcessRulesInput = { version: 1, rules: [...this.#rules], agent: this.#agent, valves: [...this.#valves] };
      const text = JSON.stringify(content);
      if (text === this.#written) return;
      const done = await this.#files.writeAtomically(`${inProcessFolder}/${inProcessRulesFile}`, encodeUtf8(text));
      if (done.ok) this.#written = text;
      this.problem = done.ok ? '' : `Rules for processes could not be handed on: ${done.error.message}`;
    });
    return this.#writing;
  }
}
