// One language rule at work: records in, outputs as data. The same script with the same records gives the same outputs, in an agent and in
// a browser. It decides nothing about the records themselves and starts nothing.
import { err, ok, type Failure, type Result } from '../../base/index.ts';
import { signals, type Signal } from '../../model/index.ts';
import { columnId, type ColumnId, type RecordCursor, type Value } from '../../otlp/index.ts';
import { ActionLimits } from '../limits/index.ts';
import { checkAction, limitBounds } from './check-action.ts';
import { columnsNamed } from './columns-named.ts';
import { readPieces, scriptError } from './outputs.ts';
import { RecordText } from './record-text.ts';
import { broken, endOf, Sandbox, type Called, type Thrown } from './sandbox.ts';
import { defaultLanguageLimits, type LanguageLimits, type LanguageOutputs, type LanguageRuleOptions, type LanguageState, type LanguageStop, type RequestedAction } from './types.ts';
import type { VmModule } from './vm-port.ts';

/** A failure to load, with the place in the script from 1 where QuickJS says one. */
export interface LoadFailure extends Failure { readonly line: number | null; readonly column: number | null }

/** Characters of a script. */
export const maxScriptChars = 65_536;

interface Reader { readonly text: RecordText; readonly timestamp: ColumnId; readonly observed: ColumnId; readonly resource: ColumnId }

export class LanguageRule {
  readonly hasTick: boolean;
  readonly #sandbox: Sandbox;
  readonly #limits: LanguageLimits;
  readonly #readers: Readonly<Record<Signal, Reader>>;
  readonly #asks: Asks;
  #now = 0n;

  constructor(sandbox: Sandbox, limits: LanguageLimits, javascript: string, asks: Asks, hasTick: boolean) {
    this.#sandbox = sandbox;
    this.#limits = limits;
    this.#asks = asks;
    this.hasTick = hasTick;
    this.#readers = Object.fromEntries(signals.map((signal) => [signal, readerOf(javascript, signal)])) as Record<Signal, Reader>;
  }

  /** QuickJS's own measure of work so far; see LanguageLimits. */
  get ticks(): number { return this.#sandbox.ticks; }

  /** The record under the cursor. Null when the script had nothing to say. */
  record(cursor: RecordCursor): LanguageOutputs | null {
    const reader = this.#readers[cursor.view.signal];
    this.#now = timeOf(cursor, reader) ?? this.#now;
    const unixMs = Number(this.#now / 1_000_000n);
    this.#asks.begin(this.#now);
    const called = this.#sandbox.call('record', reader.text.of(cursor, unixMs));
    if (called.pieces === '' && called.stop === null && this.#asks.isEmpty) return null;
    return this.#outputs(called, (cursor.column(reader.resource) ?? {}) as Readonly<Record<string, Value>>);
  }

  /** Once a second, when it `hasTick`. */
  tick(unixNano: bigint): LanguageOutputs | null {
    this.#now = unixNano;
    this.#asks.begin(unixNano);
    const called = this.#sandbox.call('tick', String(unixNano / 1_000_000n));
    return called.pieces === '' && called.stop === null && this.#asks.isEmpty ? null : this.#outputs(called, null);
  }

  state(): LanguageState {
    const text = this.#sandbox.state();
    return text === '' ? { keys: 0, bytes: 0, evicted: 0 } : (JSON.parse(text) as LanguageState);
  }

  #outputs(called: Called, resource: LanguageOutputs['resource']): LanguageOutputs {
    const { emit, metrics, logs, thrown, refusal, refused, cut } = readPieces(called.pieces);
    const { actions, notRun } = this.#asks.take();
    const error = thrown !== null ? scriptError(thrown) : refusal === null ? null : { message: refusal, line: null, column: null };
    return { atUnixNano: this.#now, resource, emit, metrics, actions, notRun, logs, error, refused, cut, chars: called.pieces.length, stop: called.stop ?? (thrown === null ? null : stopOf(thrown, this.#limits)) };
  }
}

/** What weir.action asks during one call. Limits go by the records' clock here, so that a dry run says what an agent would; an agent asks once
 *  more by its own, for records may claim any time. */
class Asks {
  readonly #limits: ActionLimits;
  #now = 0n;
  #actions: RequestedAction[] = [];
  #notRun: { action: string; because: string }[] = [];

  constructor(limits: ActionLimits) { this.#limits = limits; }

  get isEmpty(): boolean { return this.#actions.length === 0 && this.#notRun.length === 0; }
  begin(unixNano: bigint): void { this.#now = unixNano; }

  /** JSON text [name, parameters] → JSON text. */
  answer(text: string): string {
    const because = this.#refusal(text);
    return JSON.stringify(because === null ? { started: true } : { started: false, because });
  }

  take(): { readonly actions: readonly RequestedAction[]; readonly notRun: readonly { readonly action: string; readonly because: string }[] } {
    const taken = { actions: this.#actions, notRun: this.#notRun };
    this.#actions = [];
    this.#notRun = [];
    return taken;
  }

  #refusal(text: string): string | null {
    const [name, parameters] = parsed(text);
    const request = checkAction(name, parameters);
    const because = typeof request === 'string' ? request : this.#limits.start(request.action, this.#now);
    if (because !== null) this.#notRun.push({ action: String(name).slice(0, 60), because });
    else if (typeof request !== 'string') this.#actions.push(request);
    return because;
  }
}

function parsed(text: string): readonly unknown[] {
  if (text.length > 65_536) return [];
  try { return JSON.parse(text) as readonly unknown[]; } catch { return []; }
}

function readerOf(javascript: string, signal: Signal): Reader {
  const id = (name: string): ColumnId => columnId(signal, name);
  return { text: new RecordText(columnsNamed(javascript, signal)), timestamp: id('Timestamp'), observed: id('ObservedTimestamp'), resource: id('Resource') };
}

function timeOf(cursor: RecordCursor, { timestamp, observed }: Reader): bigint | null {
  const time = cursor.column(timestamp) ?? (observed < 0 ? null : cursor.column(observed));
  return typeof time === 'bigint' ? time : null;
}

/** Loads the script into a module of its own. Fails when it does not compile, throws, runs past its bounds or has no onRecord. */
export function createLanguageRule(module: VmModule, options: LanguageRuleOptions): Result<LanguageRule, LoadFailure> {
  if (options.javascript.length > maxScriptChars) return bad(`The script has ${options.javascript.length} characters; a rule has at most ${maxScriptChars}.`, 'Shorten it, or make two rules.');
  try { return loadInto(module, options, { ...defaultLanguageLimits, ...options.limits }); } catch (cause) { return bad(broken(cause).reason, 'Give the rule more memory, or report this.'); }
}

function loadInto(module: VmModule, { name, javascript, actions, logs = false }: LanguageRuleOptions, limits: LanguageLimits): Result<LanguageRule, LoadFailure> {
  const asks = new Asks(new ActionLimits(limitBounds(actions)));
  const sandbox = new Sandbox(module, { limits, seed: seedOf(name), logs, ask: (text) => asks.answer(text) });
  asks.begin(0n);
  const wrong = sandbox.load(javascript);
  if (wrong !== null) return 'kind' in wrong ? bad(wrong.reason, 'The script itself runs once, when the rule is loaded: do the work in onRecord.') : loadError(wrong, limits);
  asks.take();
  const { record, tick } = sandbox.bind();
  if (!record) return bad('The script has no function onRecord.', 'Write: function onRecord(record, weir) { … }');
  return ok(new LanguageRule(sandbox, limits, javascript, asks, tick));
}

function loadError(thrown: Thrown, limits: LanguageLimits): Result<never, LoadFailure> {
  const { message, line, column } = scriptError(thrown);
  return bad(endOf(thrown.message, limits)?.reason ?? `${message}${line === null ? '' : ` (line ${line}, column ${column ?? 1})`}`, 'Correct the script.', line, column);
}

function bad(message: string, help: string, line: number | null = null, column: number | null = null): Result<never, LoadFailure> {
  return err({ code: 'language-rule', message, help, line, column });
}

/** A rule's sequence of Math.random is its name's. FNV-1a. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}

/** What QuickJS says when something frozen is written to: a builtin, or the record. */
const tampering = /object is not extensible|is read-only|property is not configurable|could not delete property|prototype is immutable|cannot make code from text/;

function stopOf(thrown: Thrown, limits: LanguageLimits): LanguageStop | null {
  const { message, line } = scriptError(thrown);
  const end = thrown.name === 'InternalError' ? endOf(thrown.message, limits) : null;
  if (end !== null) return end;
  return thrown.name === 'TypeError' && tampering.test(thrown.message) ? { kind: 'tamper', reason: `It tried to change what is frozen${line === null ? '' : `, in line ${line}`} (${message}). Records and the language's own objects cannot be changed; the rule's own can.` } : null;
}
