// Questions to one agent with one answer: the question carries an `ask` id that the answer has, too. Bounded in number and time; an
// agent that goes away answers nothing.
import { z } from 'zod';
import { err, ok, type Result } from '../../base/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import { problem, refuse, type Problem } from '../http/problem.ts';
import { maxAsks } from './bounds.ts';
import { readJson } from './read-json.ts';

interface Waiting { readonly agent: Agent; readonly type: string; readonly settle: (answer: Result<Uint8Array, Problem>) => void }
const asked = z.object({ ask: z.string() });

export class Asks {
  readonly #fleet: Fleet;
  readonly #newId: () => string;
  readonly #waiting = new Map<string, Waiting>();

  constructor(fleet: Fleet, newId: () => string) {
    this.#fleet = fleet;
    this.#newId = newId;
    fleet.onCustom((agent, type, data) => { this.#receive(agent, type, data); });
    fleet.onChange(() => { this.#giveUpOnThoseAway(); });
  }

  /** Sends `type` with `content` and an `ask`; waits for `answerType` from this agent. */
  async ask<T extends object>(agent: Agent, { type, content, answerType, answer, timeoutMs }: { readonly type: string; readonly content: object; readonly answerType: string; readonly answer: z.ZodType<T>; readonly timeoutMs: number }): Promise<Result<T, Problem>> {
    if (this.#waiting.size >= maxAsks) return refuse('artifact.busy', `${maxAsks} questions to agents are open already.`);
    const id = this.#newId();
    const { promise, resolve } = Promise.withResolvers<Result<Uint8Array, Problem>>();
    this.#waiting.set(id, { agent, type: answerType, settle: resolve });
    const timer = setTimeout(() => { resolve(refuse('agent.silent', `${agent.name} gave no answer within ${timeoutMs / 1000} s.`)); }, timeoutMs);
    if (!this.#fleet.sendCustom(agent, type, { ...content, ask: id })) resolve(err(away(agent)));
    const data = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    if (!data.ok) return data;
    const read = readJson(answer, data.value);
    return read === null ? refuse('agent.silent', `${agent.name} answered in a form that this server does not know: it is of another version.`) : ok(read);
  }

  /** Answers all that are open, when the server stops. */
  end(): void { for (const { agent, settle } of this.#waiting.values()) settle(err(away(agent))); }

  #receive(agent: Agent, type: string, data: Uint8Array): void {
    if (![...this.#waiting.values()].some((waiting) => waiting.type === type && waiting.agent === agent)) return;
    const id = readJson(asked, data)?.ask ?? '';
    const waiting = this.#waiting.get(id);
    if (waiting?.agent === agent && waiting.type === type) waiting.settle(ok(data));
  }

  #giveUpOnThoseAway(): void {
    for (const { agent, settle } of this.#waiting.values()) if (agent.connection === null) settle(err(away(agent)));
  }
}

export const away = (agent: Agent): Problem => problem('agent.away', `${agent.name} is not connected.`);
