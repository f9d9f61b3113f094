// All open tails: turns a browser's request into a plan, subscribes every agent (those that come later too), and finds the
// tail of each frame that agents send.
import { namesUsed, resolveNames } from '../../kql/index.ts';
import type { KqlDiagnostic, NameBook, SubscriptionId, TailNotice, TailRequest, TailSubscribe } from '../../model/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import type { KqlCompiler } from '../ports/compiler.ts';
import { readFrameRoute } from './frame-header.ts';
import { Tail, type TailSink } from './tail.ts';

export interface TailHubOptions {
  readonly fleet: Fleet; readonly compiler: KqlCompiler; /** What names that survive renames mean now. */ readonly names: () => NameBook; readonly nowMs: () => number;
  readonly maxTails?: number;
  /** Where subscription ids start; random, so that frames meant for an earlier run of the BFF find nobody. */
  readonly firstSubscription: number;
}

const defaultMaxTails = 32;
const followsNames = (plan: unknown): boolean => { const { events, fields } = namesUsed(plan); return events.length + fields.length > 0; };
type Subscribe = Extract<TailRequest, { type: 'subscribe' }>;

export class TailHub {
  readonly #options: TailHubOptions;
  readonly #tails = new Set<Tail>();
  readonly #bySubscription = new Map<SubscriptionId, Tail>();
  /** The newest request of each tail; an older one that is still compiling is outdated. */
  readonly #requests = new WeakMap<Tail, object>();
  readonly #answering = new WeakMap<Tail, Promise<void>>();
  #nextSubscription: number;
  /** Frames that nobody waits for: of tails that have just closed. */
  strayFrames = 0;

  constructor(options: TailHubOptions) {
    this.#options = options;
    this.#nextSubscription = options.firstSubscription >>> 0;
    options.fleet.onReady((agent) => { for (const tail of this.#tails) if (tail.subscription !== null) this.#ask(agent, tail.subscription); });
    options.fleet.onChange(() => { for (const tail of this.#tails) if (tail.subscription !== null) tail.notify({ type: 'agents', ...this.#audience() }); });
  }

  get size(): number { return this.#tails.size; }

  /** Null when there are too many; the sink has been told. */
  open(sink: TailSink): Tail | null {
    const { maxTails = defaultMaxTails, fleet, nowMs } = this.#options;
    const tail = new Tail(sink, (records) => { fleet.series.addTailShed(nowMs(), records); });
    if (this.#tails.size >= maxTails) {
      tail.notify({ type: 'rejected', diagnostics: [trouble('tail.too-many', `${maxTails} tails are open on this server, which is its limit.`, 'Close a tail in another window and reload this one.')] });
      return null;
    }
    this.#tails.add(tail);
    return tail;
  }

  close(tail: Tail): void {
    this.#requests.delete(tail);
    this.#end(tail);
    this.#tails.delete(tail);
  }

  /** One compilation at a time for each tail: of many hasty requests only the newest is compiled. */
  request(tail: Tail, request: TailRequest): Promise<void> {
    const ticket = {};
    this.#requests.set(tail, ticket);
    const answered = (this.#answering.get(tail) ?? Promise.resolve()).then(() => this.#answer(tail, request, ticket));
    this.#answering.set(tail, answered);
    return answered;
  }

  async #answer(tail: Tail, request: TailRequest, ticket: object): Promise<void> {
    const outdated = (): boolean => this.#requests.get(tail) !== ticket;
    if (outdated()) return;
    if (request.type === 'unsubscribe') return this.#end(tail);
    const outcome = await this.#plan(request);
    if (outdated()) return;
    this.#end(tail);
    if ('diagnostics' in outcome) return tail.notify({ type: 'rejected', diagnostics: outcome.diagnostics });
    this.#begin(tail, request, outcome.plan);
  }

  /** A frame from an agent's data socket. */
  route(agent: Agent, frame: Uint8Array): void {
    const route = readFrameRoute(frame);
    const tail = route === null ? undefined : this.#bySubscription.get(route.subscription);
    if (tail === undefined) { this.strayFrames++; return; }
    tail.forward(frame, agent.ordinal);
  }

  tellShed(): void { for (const tail of this.#tails) tail.tellShed(); }

  /** Names mean something else now: who follows any asks its agents anew, under the same subscription. */
  renamed(): void {
    for (const { subscription } of this.#tails) {
      if (subscription === null || !followsNames(subscription.plan)) continue;
      for (const agent of this.#options.fleet.connectedWeirAgents) this.#ask(agent, subscription);
    }
  }

  async #plan({ kql }: Subscribe): Promise<{ readonly plan: unknown } | { readonly diagnostics: KqlDiagnostic[] }> {
    if (kql.trim() === '') return { plan: null };
    try {
      const { plan, diagnostics } = await this.#options.compiler.compile(kql, 'filter');
      return plan === null ? { diagnostics: [...diagnostics] } : { plan };
    } catch (error) {
      return { diagnostics: [trouble('compiler.unavailable', `The filter could not be compiled: ${error instanceof Error ? error.message : String(error)}`, 'Try again; if it stays so, restart the server.')] };
    }
  }

  #begin(tail: Tail, { signals, stage, maxRecordsPerSecond }: Subscribe, plan: unknown): void {
    const id = this.#nextSubscription as SubscriptionId;
    this.#nextSubscription = (id + 1) >>> 0;
    tail.start({ subscription: id, signals, stage, plan, maxRecordsPerSecond });
    this.#bySubscription.set(id, tail);
    tail.notify({ type: 'subscribed', subscription: id, ...this.#audience() });
    for (const agent of this.#options.fleet.connectedWeirAgents) this.#ask(agent, tail.subscription as TailSubscribe);
  }

  #end(tail: Tail): void {
    if (tail.subscription === null) return;
    const { subscription } = tail.subscription;
    tail.stop();
    this.#bySubscription.delete(subscription as SubscriptionId);
    for (const agent of this.#options.fleet.connectedWeirAgents) this.#options.fleet.sendCustom(agent, 'tail.unsubscribe', { subscription });
  }

  #ask(agent: Agent, subscription: TailSubscribe): void {
    this.#options.fleet.sendCustom(agent, 'tail.subscribe', { ...subscription, plan: resolveNames(subscription.plan, this.#options.names()) });
  }

  /** Agents that a tail hears, of those that it could hear, and their names by ordinal. */
  #audience(): Pick<Extract<TailNotice, { type: 'agents' }>, 'agents' | 'agentsTotal' | 'names'> {
    const weir = this.#options.fleet.agents.filter((agent) => agent.report.weir);
    return { agents: this.#options.fleet.connectedWeirAgents.length, agentsTotal: weir.length, names: Object.fromEntries(weir.map((agent) => [String(agent.ordinal), agent.name])) };
  }
}

const trouble = (code: string, message: string, help: string): KqlDiagnostic => ({ severity: 'error', code, message, start: 0, end: 0, help });
