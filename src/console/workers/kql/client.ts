// KqlClient over a worker port: matches replies to calls, gives up on a worker that does not answer, starts another for the next call.
import type { KnownNames } from './name-items.ts';
import type { KqlCalls, KqlMethod, KqlPort, KqlReply, OpenKqlPort } from './protocol.ts';
import type { KqlClient, KqlCompletion, LiveField } from './types.ts';

interface Pending { readonly resolve: (value: never) => void; readonly reject: (reason: Error) => void; readonly timer: ReturnType<typeof setTimeout> }

/** Loading and the first analysis take about 1.5 s on a laptop; a slow machine gets ten times that. */
const answerWithinMs = 20_000;
const pageHelp = () => import('./page-help.ts');

export class WorkerKqlClient implements KqlClient {
  readonly #open: OpenKqlPort;
  readonly #withinMs: number;
  #port: KqlPort | null = null;
  #fields: readonly LiveField[] = [];
  #recorders: readonly string[] = [];
  #names: KnownNames | null = null;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();

  constructor(open: OpenKqlPort, withinMs: number = answerWithinMs) {
    this.#open = open;
    this.#withinMs = withinMs;
  }

  analyze(...args: KqlCalls['analyze']['args']) { return this.#call('analyze', args); }
  async complete(...args: KqlCalls['complete']['args']): Promise<readonly KqlCompletion[]> {
    const { nameItems, recorderItems } = await pageHelp();
    return recorderItems(args[0], args[1], this.#recorders) ?? await nameItems(args[0], args[1], this.#names, this.#fields) ?? this.#call('complete', args);
  }

  hover(...args: KqlCalls['hover']['args']) { return this.#call('hover', args); }
  signature(...args: KqlCalls['signature']['args']) { return this.#call('signature', args); }
  format(...args: KqlCalls['format']['args']) { return this.#call('format', args); }
  tokens(...args: KqlCalls['tokens']['args']) { return this.#call('tokens', args); }
  check(...args: KqlCalls['check']['args']) { return this.#call('check', args); }
  blocks(...args: KqlCalls['blocks']['args']) { return this.#call('blocks', args); }

  setLiveFields(fields: readonly LiveField[]): void {
    this.#fields = fields;
    this.#port?.post({ type: 'fields', fields });
  }

  setRecorders(names: readonly string[]): void { this.#recorders = names; }
  setNames(names: KnownNames): void { this.#names = kept(names); }
  async unknownNames(text: string) { return (await pageHelp()).unknownNames(text, this.#names, this.#fields); }

  close(): void { this.#fail('The KQL service was closed.'); }

  #call<M extends KqlMethod>(method: M, args: KqlCalls[M]['args']): Promise<KqlCalls[M]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const port = this.#started(reject);
      if (port === null) return;
      const timer = setTimeout(() => this.#fail(`The KQL service did not answer within ${this.#withinMs / 1000} s and was restarted. Shorten the query, or try again.`), this.#withinMs);
      this.#pending.set(id, { resolve, reject, timer });
      port.post({ type: 'call', id, method, args });
    });
  }

  #started(reject: (reason: Error) => void): KqlPort | null {
    if (this.#port !== null) return this.#port;
    try {
      this.#port = this.#open((reply) => this.#settle(reply), (message) => this.#fail(message));
      if (this.#fields.length > 0) this.#port.post({ type: 'fields', fields: this.#fields });
    } catch (cause) {
      reject(new Error('The KQL service could not start in this browser. Reload the page.', { cause }));
    }
    return this.#port;
  }

  #settle(reply: KqlReply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (reply.ok) pending.resolve(reply.result as never);
    else pending.reject(new Error(reply.message));
  }

  #fail(message: string): void {
    this.#port?.close();
    this.#port = null;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of waiting) { clearTimeout(pending.timer); pending.reject(new Error(message)); }
  }
}

const keptMs = 5000;

/** What was asked a moment ago is not asked again while somebody types. */
function kept(names: KnownNames): KnownNames {
  const answers = new Map<string, { readonly at: number; readonly answer: ReturnType<KnownNames['events']> }>();
  const events: KnownNames['events'] = (begun) => {
    const now = performance.now();
    for (const [text, { at }] of answers) if (now - at > keptMs) answers.delete(text);
    const { answer } = answers.get(begun) ?? { answer: names.events(begun) };
    if (!answers.has(begun)) answers.set(begun, { at: now, answer });
    return answer;
  };
  return { ...names, events };
}
