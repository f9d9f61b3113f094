// Live edit: a statement put into a running function's text, for lines that are passed too often for a breakpoint. V8 of Node 24 and before has it.
// What was put in stands between marks, so that it can be found and taken out by a later agent, too.
import { failure, ok, type Result } from '../../../../base/index.ts';
import { type CdpSession, Turns } from '../../../actions/inspector/index.ts';

type Session = Pick<CdpSession, 'call'>;
interface Answer { readonly status?: string | undefined; readonly exceptionDetails?: { readonly text: string } }

/** How long a function that runs is waited for: to be left alone again it is worth more. */
const waitMs = { put: 1500, take: 4000 } as const;
const betweenMs = 7;

const opening = (mark: string): string => `/*weir:${mark}*/`;
const closing = (mark: string): string => `/*:${mark}*/`;

export class Edits {
  readonly #session: Session;
  readonly #turns = new Turns();

  constructor(session: Session) { this.#session = session; }

  /** Asks V8 to check a change of nothing. */
  async areOffered(scriptId: string): Promise<boolean> {
    try {
      const scriptSource = await this.#text(scriptId);
      const { status } = await this.#session.call<Answer>('Debugger.setScriptSource', { scriptId, scriptSource, dryRun: true });
      return status === undefined || status === 'Ok';
    } catch { return false; }
  }

  /** `offset`: in the text as it is now. Errors: `probe.live-edit`. */
  put(scriptId: string, offset: number, mark: string, statement: string): Promise<Result<void>> {
    return this.#turns.take(scriptId, async () => {
      const text = await this.#text(scriptId);
      return this.#set(scriptId, `${text.slice(0, offset)}${opening(mark)}${statement};${closing(mark)}${text.slice(offset)}`, waitMs.put);
    });
  }

  /** True: the text is without it, as V8 says afterwards. */
  take(scriptId: string, mark: string): Promise<boolean> {
    return this.#turns.take(scriptId, async () => {
      const without = textWithout(await this.#text(scriptId), mark);
      if (without === null) return true;
      const done = await this.#set(scriptId, without, waitMs.take);
      return done.ok && await this.#text(scriptId) === without;
    });
  }

  async #text(scriptId: string): Promise<string> { return (await this.#session.call<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId })).scriptSource; }

  /** A function that runs right now cannot be changed: a moment later it may rest. */
  async #set(scriptId: string, scriptSource: string, patienceMs: number): Promise<Result<void>> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const answer = await this.#session.call<Answer>('Debugger.setScriptSource', { scriptId, scriptSource }).catch((failed: Error): Answer => ({ status: failed.message }));
      if (answer.exceptionDetails === undefined && (answer.status === undefined || answer.status === 'Ok')) return ok(undefined);
      if (answer.status?.startsWith('BlockedByActive') === true && performance.now() < until) { await new Promise((resolve) => { setTimeout(resolve, betweenMs); }); continue; }
      return failure('probe.live-edit', `V8 did not take the change: ${reasons[answer.status ?? ''] ?? answer.exceptionDetails?.text ?? answer.status ?? 'no reason given'}.`, 'Choose the breakpoint instead (mechanism: breakpoint), or try again when the function is not running.');
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  CompileError: 'the changed text does not compile', BlockedByActiveGenerator: 'a generator or an async function of it is waiting in the middle', BlockedByActiveFunction: 'the function is running right now',
  BlockedByTopLevelEsModuleChange: 'top-level code of an ES module cannot be changed',
};

/** Null: it is not there. */
function textWithout(text: string, mark: string): string | null {
  const from = text.indexOf(opening(mark));
  const to = text.indexOf(closing(mark), from);
  return from < 0 || to < 0 ? null : text.slice(0, from) + text.slice(to + closing(mark).length);
}
