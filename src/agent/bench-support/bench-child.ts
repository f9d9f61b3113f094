// A process of a bench beside this folder, asked by messages: one question, one answer.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** `name`: its file in this folder, without `.ts`. */
export const start = (name: string, args: readonly string[], execArgv: readonly string[] = []): ChildProcess =>
  fork(join(import.meta.dirname, `${name}.ts`), args, { execArgv: [...execArgv], stdio: 'inherit' });

/** Its next message; rejects when it ends before. */
export const next = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => {
  const ended = (code: number | null): void => reject(new Error(`${child.spawnargs.at(2)} ended with ${code}`));
  child.once('exit', ended);
  child.once('message', (message) => { child.off('exit', ended); resolve(message as T); });
});

export const ask = <T>(child: ChildProcess, question: string): Promise<T> => {
  const answer = next<T>(child);
  child.send(question);
  return answer;
};
