// The rules file, looked at four times a second: once in a process and each of its threads, so that none waits for another. It decides
// what leaves the process, so it is read only where nobody but its owner, who is this user or root, could have written it.
import { readFileSync, statSync, type Stats } from 'node:fs';
import { failure, ok, type Result } from '../base/index.ts';
import { inProcessRules, maxInProcessBytes, type InProcessRules } from '../model/index.ts';

export const lookEveryMs = 250;

export class RulesFile {
  readonly path: string;
  #seen = '';

  constructor(path: string) { this.path = path; }

  /** What it says now; null when it says what it said at the last call, or is not there (yet, or any more: the last rules hold). */
  changed(): Result<InProcessRules> | null {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    const seen = `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    if (seen === this.#seen) return null;
    this.#seen = seen;
    const refused = refusal(this.path, stats);
    return refused === '' ? this.#read() : failure('register.rules_refused', refused, 'Give it to the user that the process runs as, mode 0600 or 0644.');
  }

  #read(): Result<InProcessRules> {
    try {
      const parsed = inProcessRules.safeParse(JSON.parse(readFileSync(this.path, 'utf8')));
      if (parsed.success) return ok(parsed.data);
      const [issue] = parsed.error.issues;
      return failure('register.rules_malformed', `${this.path} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'unknown fault'}.`, 'It is written by the Weir agent: see whether both are of one version.');
    } catch (error) {
      return failure('register.rules_unreadable', `${this.path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Check its permissions, and that it is whole JSON.');
    }
  }
}

const writableByOthers = 0o022;

function refusal(path: string, { uid, mode, size }: Stats): string {
  if (size > maxInProcessBytes) return `${path} has ${size.toLocaleString('en')} bytes, more than the ${maxInProcessBytes.toLocaleString('en')} that are read.`;
  const user = process.getuid?.();
  if (user === undefined) return '';
  if (uid !== user && uid !== 0) return `${path} belongs to another user (${uid}), so its rules are not taken.`;
  return (mode & writableByOthers) === 0 ? '' : `Others than its owner may write ${path}, so its rules are not taken.`;
}
