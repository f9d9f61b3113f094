// collect-config: how a process is set up: program, arguments, environment, chosen configuration files, versions. Redacted. What changes from
// run to run (pid, times) is left out, so that two of them differ only where the set-ups do.
import { release, arch } from 'node:os';
import type { AgentProcess } from '../../../model/index.ts';
import { type Proc, redactedArguments, redactedByName, zeroSeparated } from '../../processes/index.ts';
import { type Action, fileStem, harmless, nameOf, type Run, targetOf } from '../contract.ts';
import { present } from '../tools/index.ts';
import { chooseFiles, tellStopped } from './globs.ts';
import { mostFileBytes, otherFiles, readTail } from './read-file.ts';
import { asText, redactLong, type RedactText } from './text.ts';
import { keepText, stableJson } from './write-json.ts';

interface Ports { readonly proc: Proc; readonly redactText: RedactText }

export function collectConfig(ports: Ports): Action<'collect-config'> {
  return {
    about: 'process',
    estimate: async (ask) => harmless('/proc and files on the allow-list of the machine', { pauseMs: 0, problems: present(ask.parameters.files === undefined ? null : await otherFiles(ports.proc, ask.process)) }),
    async run(ask, run) {
      const process = targetOf(ask);
      const redact = new Counting(ports.redactText);
      run.progress(null, `Reading the set-up of ${nameOf(process)}`);
      const config = { schema: 'weir.config/1', ...await setUpOf(ports.proc, process, redact), files: await filesOf(ports.proc, process, ask.policy.configFiles, ask.parameters.files, redact, run) };
      run.figure('redactions', redact.findings);
      return keepText(run, stableJson(config), { kind: 'config', format: 'json', name: `${fileStem(process)}.config.json`, sensitive: false, summary: `Configuration of ${nameOf(process)}`, figures: { redactions: redact.findings } });
    },
  };
}

class Counting {
  findings = 0;
  readonly #redact: RedactText;
  constructor(redact: RedactText) { this.#redact = redact; }

  readonly text = (text: string, key?: string): string => {
    const redacted = this.#redact(text, key);
    this.findings += redacted.findings;
    return redacted.text;
  };

  async long(text: string): Promise<string> {
    const redacted = await redactLong(this.#redact, text);
    this.findings += redacted.findings;
    return redacted.text;
  }
}

async function setUpOf(proc: Proc, process: AgentProcess, redact: Counting): Promise<object> {
  const [exe, cwd, cmdline, environ] = [await proc.link(process.pid, 'exe'), await proc.link(process.pid, 'cwd'), await proc.text(process.pid, 'cmdline'), await proc.text(process.pid, 'environ')];
  const variables = zeroSeparated(environ ?? '').filter((entry) => entry.includes('=')).map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const);
  return {
    process: { name: process.name, service: process.service, user: process.user, program: exe, folder: cwd, arguments: redactedArguments(zeroSeparated(cmdline ?? ''), redact.text), container: process.container },
    runtime: { kind: process.runtime, version: process.runtimeVersion }, machine: { kernel: release(), architecture: arch() },
    environment: environ === null ? null : Object.fromEntries(variables.map(([name, value]) => [name, redactedByName(value, name, redact.text)])),
  };
}

async function filesOf(proc: Proc, process: AgentProcess, allowed: readonly string[], asked: readonly string[] | undefined, redact: Counting, run: Run): Promise<object[]> {
  if (await otherFiles(proc, process) !== null) { run.note('Its configuration files were left out: it sees other files than Weir does (a container).'); return []; }
  const chosen = await chooseFiles(allowed, asked, await proc.link(process.pid, 'cwd'), run.signal);
  tellStopped(chosen, run);
  const rows: object[] = [];
  let left = run.maxBytes / 2;
  for (const { path, real } of chosen.files) {
    const read = await readTail(real, Math.min(mostFileBytes, left)).catch(() => null);
    const text = read === null ? null : asText(read.bytes);
    if (read === null || text === null || read.cut) { run.note(`${path} was left out: ${read === null ? 'it cannot be read' : read.cut ? 'it is too large' : 'it is no text'}.`.slice(-500)); continue; }
    left -= read.bytes.length;
    rows.push({ path, lines: (await redact.long(text)).split('\n') });
  }
  for (const { path, why } of chosen.skipped.slice(0, 10)) run.note(`${path}: ${why}.`.slice(-500));
  return rows;
}
