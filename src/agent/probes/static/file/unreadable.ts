// Files that may not be read, or cannot: the last one of a round, in words, until a round finds none.
import type { ActionProblem } from '../../../../model/index.ts';
import type { Follower } from './follower.ts';

export class Unreadable {
  #now: ActionProblem | null = null;
  problem: ActionProblem | null = null;

  /** False where the work failed. */
  async without(file: Follower, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (failed) {
      this.#now = inWords(file, failed as NodeJS.ErrnoException);
      return false;
    }
  }

  roundIsOver(): void { [this.problem, this.#now] = [this.#now, null]; }
}

const inWords = ({ path }: Follower, { code, message }: NodeJS.ErrnoException): ActionProblem => (code === 'EACCES' || code === 'EPERM'
  ? { code: 'probe.no-permission', message: `The agent may not read ${path}.`, help: 'Let the user of the agent read it: add it to the group of the file (often adm), or change its mode.' }
  : { code: 'probe.unreadable', message: `${path} cannot be read: ${message}.`, help: 'It is tried again; look at the disk if this stays.' });
