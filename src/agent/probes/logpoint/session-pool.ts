// One session a process, however many look into it: the first opens it, the last closes it and with it the inspector.
import { ok, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { type InspectorDoor, Turns } from '../../actions/inspector/index.ts';
import type { Proc } from '../../processes/index.ts';
import { ProcessSession } from './process-session.ts';
import { codeReader } from './scripts/index.ts';

export interface Lease {
  readonly session: ProcessSession;
  /** True: nothing is left of it in the process, or others are still there. */
  release(): Promise<boolean>;
}
interface Shared { readonly session: ProcessSession; users: number }

export class SessionPool {
  readonly #door: Pick<InspectorDoor, 'attach'>;
  readonly #proc: Proc;
  readonly #open = new Map<string, Shared>();
  readonly #turns = new Turns();

  constructor(door: Pick<InspectorDoor, 'attach'>, proc: Proc) {
    this.#door = door;
    this.#proc = proc;
  }

  /** Errors: those of the door. */
  take(process: AgentProcess, signal: AbortSignal): Promise<Result<Lease>> {
    const key = `${process.pid}:${process.startTicks}`;
    return this.#turns.take(key, async () => {
      const known = this.#open.get(key);
      const shared = known === undefined || known.session.isOver ? await this.#opened(process, signal) : ok(known);
      if (!shared.ok) return shared;
      this.#open.set(key, shared.value);
      shared.value.users++;
      return ok(this.#lease(key, shared.value));
    });
  }

  async #opened(process: AgentProcess, signal: AbortSignal): Promise<Result<Shared>> {
    const attached = await this.#door.attach(process, signal);
    if (!attached.ok) return attached;
    const session = await ProcessSession.open(attached.value, codeReader(this.#proc, process.pid), () => this.#proc.isAlive(process.pid, process.startTicks));
    return ok({ session, users: 0 });
  }

  #lease(key: string, shared: Shared): Lease {
    let releasing: Promise<boolean> | null = null;
    const letGo = async (): Promise<boolean> => {
      if (--shared.users > 0) return true;
      if (this.#open.get(key) === shared) this.#open.delete(key);
      return shared.session.close();
    };
    return { session: shared.session, release: () => { releasing ??= this.#turns.take(key, letGo); return releasing; } };
  }
}
