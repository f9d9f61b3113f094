// Weir's one connection into a process, shared by all its logpoints: the debugger on, every pause skipped, the hook in each context that needs
// it, hits fetched when the hook says so. Enabling the debugger would make `debugger;` statements stop the process; skipping all pauses
// prevents that, and V8 still evaluates conditions. Should it ever stop all the same, it goes on at once and every probe here ends as a fault.
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Attached, CdpSession } from '../../actions/inspector/index.ts';
import type { ActionProblem, ProbeEnd } from '../../../model/index.ts';
import { addText, type Drained, drainText, dropText, hookAt, installText, muteText, type PlaceSetting, readDrained, removeText } from './in-target/index.ts';
import { Edits } from './inserting/edits.ts';
import { Sites } from './inserting/sites.ts';
import { measureHit } from './inserting/hit-cost.ts';
import { Places, type ReadCode, ScriptBook } from './scripts/index.ts';

/** A probe of this process. */
export interface ProbePart {
  took(drained: Drained): Promise<void>;
  ended(end: ProbeEnd, why: ActionProblem | null): void;
}

/** No name of any program. */
const nowhere = 'weir_no_such_name';
/** Between two fetches: a burst is fetched in few messages. */
const restMs = 15;
/** A process that ends closes its connections before the kernel lists it as ended: looked at this often, this far apart. */
const [looksAtItsEnd, betweenLooksMs] = [20, 25];

async function staysAlive(isAlive: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < looksAtItsEnd; look++) {
    if (!await isAlive()) return false;
    await setTimeout(betweenLooksMs);
  }
  return true;
}

export class ProcessSession {
  readonly scripts: ScriptBook;
  readonly places: Places;
  readonly sites: Sites;
  readonly edits: Edits;
  readonly hookName: string;
  /** Pauses that came through; none ever should. */
  pauses = 0;
  readonly #session: CdpSession;
  readonly #attached: Attached;
  readonly #parts = new Map<string, ProbePart>();
  /** Contexts with a hook; null is the program's main one. */
  readonly #hooked = new Map<number | null, Promise<void>>();
  readonly #draining = new Map<number | null, Promise<void>>();
  #hitCost: Promise<number | null> | null = null;
  #isClosed = false;

  private constructor(attached: Attached, read: ReadCode) {
    const { session } = attached;
    this.#attached = attached;
    this.#session = session;
    this.hookName = `weir.probes.${randomBytes(6).toString('hex')}`;
    this.scripts = new ScriptBook(session, read);
    this.places = new Places(session);
    this.sites = new Sites((expression, contextId) => this.evaluate(expression, contextId), this.hookName);
    this.edits = new Edits(session);
  }

  static async open(attached: Attached, read: ReadCode, isAlive: () => Promise<boolean>): Promise<ProcessSession> {
    const made = new ProcessSession(attached, read);
    try { await made.#start(isAlive); } catch (failed) { await attached.close(); throw failed; }
    return made;
  }

  async #start(isAlive: () => Promise<boolean>): Promise<void> {
    this.#session.on('Debugger.scriptParsed', (event) => { this.scripts.parsed(event); });
    this.#session.on('Debugger.paused', () => { this.#resumed(); });
    this.#session.on('Runtime.bindingCalled', ({ name, executionContextId }) => { if (name === this.hookName) void this.#nudged(executionContextId as number); });
    void this.#session.closed.then(async () => { await this.#lost(isAlive); });
    // Both go out at once, so that nothing of the program runs between them.
    await Promise.all([this.#session.call('Debugger.enable'), this.#session.call('Debugger.setSkipAllPauses', { skip: true })]);
  }

  get isOver(): boolean { return this.#isClosed; }

  evaluate<T>(expression: string, contextId: number | null): Promise<T> {
    return this.#session.call<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>('Runtime.evaluate', { expression, returnByValue: true, includeCommandLineAPI: true, silent: true, ...(contextId === null ? {} : { contextId }) }).then(({ result, exceptionDetails }) => {
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
      return result.value;
    });
  }

  /** Looking up a name there would run code of the program: the object behind the context (`vm.createContext`) is a Proxy, or has one above it. Its
   *  traps are not run to find out: with no stack left V8 refuses to go into a Proxy; where it does so silently (Node 26), a trap is ended before its
   *  first effect. Node then words that by itself, and asks the Proxy for `Error` once. */
  async isBehindProxy(contextId: number): Promise<boolean> {
    const without = await this.#lookedUp(`(()=>{const into=()=>{try{return into()}catch{try{return typeof ${nowhere}}catch{return 'proxy'}}};return into()})()`, contextId);
    return without !== 'undefined' || await this.#lookedUp('typeof globalThis', contextId) !== 'object';
  }

  /** Null: it could not be done without an effect. */
  async #lookedUp(expression: string, contextId: number): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.call<{ result: { value?: unknown }; exceptionDetails?: object }>('Runtime.evaluate', { expression, contextId, throwOnSideEffect: true, returnByValue: true, silent: true });
    return exceptionDetails === undefined ? result.value : null;
  }

  /** Null: this V8 compiles it; nothing is run. */
  syntaxProblem(expression: string): Promise<string | null> {
    return this.evaluate(`void(()=>{${expression}})`, null).then(() => null, (failed: Error) => failed.message);
  }

  /** Of a breakpoint that is passed, milliseconds, measured once in the process. Null: V8 did not do it. */
  hitCostMs(): Promise<number | null> {
    this.#hitCost ??= measureHit(this.#session, `${hookAt(this.hookName)}?.at_none?.(null,[])`).catch(() => null);
    return this.#hitCost;
  }

  /** Worker threads have a V8 of their own, which this session does not reach. */
  async countWorkers(): Promise<number> {
    let count = 0;
    this.#session.on('NodeWorker.attachedToWorker', () => { count++; });
    try {
      await this.#session.call('NodeWorker.enable', { waitForDebuggerOnStart: false });
      await this.#session.call('NodeWorker.disable');
    } catch { /* A Node without this domain tells of none. */ }
    return count;
  }

  async add(setting: PlaceSetting, contextId: number | null, part: ProbePart): Promise<void> {
    await this.#hook(contextId);
    this.#parts.set(setting.key, part);
    await this.evaluate(addText(this.hookName, setting), contextId);
  }

  async drop(key: string, contextId: number | null): Promise<void> {
    await this.drain(contextId);
    this.#parts.delete(key);
    await this.evaluate(dropText(this.hookName, key), contextId);
  }

  /** A live edit stays in the text and does nothing. */
  async mute(key: string, isMuted: boolean, contextId: number | null): Promise<void> { await this.evaluate(muteText(this.hookName, key, isMuted), contextId); }

  /** What came since the last time, to its probes. */
  async drain(contextId: number | null): Promise<void> {
    const text = await this.evaluate<unknown>(drainText(this.hookName), contextId);
    if (text === 'gone') { this.#left(contextId); return; }
    const told = readDrained(text);
    if (told === null) { this.#fault({ code: 'probe.not-readable', message: 'What the process told of its hits cannot be read: a part of Weir in it was changed by the program.', help: 'Start the probe again; where this comes again, the program guards its globals, and a uprobe or its own logs have to do.' }); return; }
    for (const each of told) await this.#parts.get(each.key)?.took(each);
  }

  /** A further probe puts in a new hook. */
  #left(contextId: number | null): void {
    if (this.#isClosed || !this.#hooked.delete(contextId)) return;
    this.#fault({ code: 'probe.not-fetched', message: 'The probe ended itself within the process: Weir had not fetched its hits for 1.5 s in which the line was passed all the time.', help: 'Weir was stopped or had no CPU: see to that, then start the probe again.' });
  }

  #fault(why: ActionProblem): void { for (const part of this.#parts.values()) part.ended('fault', why); }

  /** True: nothing of Weir is left in the process. */
  async close(): Promise<boolean> {
    if (this.#isClosed) { await this.#attached.close(); return true; }
    this.#isClosed = true;
    const unhooked = await Promise.all([...this.#hooked.keys()].map((context) => this.evaluate(removeText(this.hookName), context).then(() => true, () => context !== null)));
    await this.#session.call('Runtime.removeBinding', { name: this.hookName }).catch(() => undefined);
    await this.#session.call('Debugger.disable').catch(() => undefined);
    return await this.#attached.close() && unhooked.every(Boolean);
  }

  #hook(contextId: number | null): Promise<void> {
    const known = this.#hooked.get(contextId) ?? this.#install(contextId);
    this.#hooked.set(contextId, known);
    return known;
  }

  async #install(contextId: number | null): Promise<void> {
    const executionContextId = contextId ?? this.scripts.mainContext;
    // One of a hook that ended itself would not be made anew.
    await this.#session.call('Runtime.removeBinding', { name: this.hookName }).catch(() => undefined);
    await this.#session.call('Runtime.addBinding', { name: this.hookName, ...(executionContextId === null ? {} : { executionContextId }) });
    await this.evaluate(installText(this.hookName, this.hookName), contextId);
  }

  async #nudged(contextId: number): Promise<void> {
    const context = this.#hooked.has(contextId) ? contextId : null;
    if (this.#draining.has(context)) return;
    const draining = this.drain(context).catch(() => undefined).then(() => setTimeout(restMs));
    this.#draining.set(context, draining);
    await draining;
    this.#draining.delete(context);
    // One that came meanwhile was told and passed over.
    if (!this.#isClosed) await this.drain(context).catch(() => undefined);
  }

  #resumed(): void {
    this.pauses++;
    void this.#session.call('Debugger.resume').catch(() => undefined);
    this.#fault({ code: 'probe.paused', message: 'The process stopped in the debugger although Weir skips all pauses; it went on at once, and the probe was taken out.', help: 'Another debugger may be attached to it. Try again without it.' });
  }

  async #lost(isAlive: () => Promise<boolean>): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const alive = await staysAlive(isAlive);
    const parts = [...this.#parts.values()];
    for (const part of parts) part.ended(alive ? 'fault' : 'process-gone', alive ? { code: 'probe.inspector-closed', message: 'The inspector of the process was closed from elsewhere.', help: 'Start the probe again.' } : null);
  }
}
