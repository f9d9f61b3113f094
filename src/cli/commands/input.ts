// Reading what a command is given: files and standard input, line by line, never held whole where it can be avoided.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CommandFailure } from '../failure.ts';

/** How messages call an input. */
export const inputName = (path: string): string => (path === '-' ? 'standard input' : path);

/** `-` is standard input. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    if (path !== '-') return await readFile(path);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (failed) {
    throw cannotRead(path, failed);
  }
}

/** JSON objects, one a line; empty lines are passed over. Fails with the line's number at the first that is not an object. */
export async function* readJsonLines(path: string): AsyncGenerator<Record<string, unknown>> {
  const stream = path === '-' ? process.stdin : createReadStream(path);
  const failed = new Promise<never>((_resolve, reject) => { stream.once('error', (reason) => reject(cannotRead(path, reason))); });
  failed.catch(() => { /* raced below */ });
  const lines = createInterface({ input: stream, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (let number = 1; ; number++) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) { await Promise.race([failed, Promise.resolve()]); return; }
    const line = number === 1 ? next.value.replace(/^\uFEFF/, '') : next.value;
    if (line.trim() !== '') yield parseObject(line, `${inputName(path)}, line ${number}`);
  }
}

function parseObject(line: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch (failed) {
    throw new CommandFailure({ code: 'cli.bad-json', message: `${where}: not JSON (${(failed as Error).message}).`, help: 'Each line must hold one JSON object.' });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CommandFailure({ code: 'cli.bad-json', message: `${where}: a JSON object is needed, not ${Array.isArray(value) ? 'an array' : JSON.stringify(value)?.slice(0, 40)}.`, help: 'Each line must hold one JSON object such as {"level": "info"}.' });
}

/** JSON with integers beyond 2^53 kept whole, as bigints. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepWhole) : JSON.parse(text);
}

/** The reviver of `parseJson`. TypeScript's lib does not know the third parameter yet (https://tc39.es/ecma262/#sec-internalizejsonproperty). */
function keepWhole(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

const readProblems: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'this user may not read it' };

export function cannotRead(path: string, failed: unknown): CommandFailure {
  const reason = readProblems[(failed as NodeJS.ErrnoException).code ?? ''] ?? (failed as Error).message;
  return new CommandFailure({ code: 'cli.cannot-read', message: `Cannot read ${inputName(path)}: ${reason}.`, help: 'Check the path; - reads standard input.' });
}
