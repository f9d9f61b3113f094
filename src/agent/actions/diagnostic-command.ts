// diagnostic-command: one of the read-only commands that this machine allows, word for word, without a shell, with a time limit. What it prints
// is redacted.
import { failure } from '../../base/index.ts';
import { type Action, type Ask, harmless, nameOf, problem, seconds } from './contract.ts';
import { redactLong, type RedactText } from './collect/text.ts';
import { keepText } from './collect/write-json.ts';
import { lastWords, missingTool, type Tools } from './tools/index.ts';
import { throwIfAborted } from './wait.ts';

interface Ports { readonly tools: Tools; readonly redactText: RedactText }

const defaultMs = 10_000;

export function diagnosticCommand({ tools, redactText }: Ports): Action<'diagnostic-command'> {
  return {
    about: 'maybe',
    async estimate(ask) {
      const words = allowedWords(ask);
      const [tool] = words ?? [];
      const refused = tool === undefined ? problem('action.not-allowed', `"${ask.parameters.command}" is not a command that this machine allows${ask.process === null && ask.parameters.command.includes('{pid}') ? ' without a process' : ''}.`, `Allowed are: ${ask.policy.commands.join('; ')}. Its owner changes that in actions-policy.json.`.slice(0, 2000)) : null;
      const missing = tool !== undefined && await tools.find(tool) === null ? missingTool(tool, 'this command') : null;
      return harmless('a command without a shell', { durationMs: ask.parameters.durationMs ?? defaultMs, problems: [refused, missing].filter((one) => one !== null) });
    },
    async run(ask, run) {
      const [tool = '', ...args] = allowedWords(ask) ?? [];
      const [timeoutMs, command] = [ask.parameters.durationMs ?? defaultMs, [tool, ...args].join(' ')];
      run.progress(null, `Running ${command}`);
      const fromUnixMs = run.nowUnixMs();
      const ended = await tools.run(tool, args, { signal: run.signal, timeoutMs, maxBytes: run.maxBytes });
      throwIfAborted(run.signal);
      if (!ended.ok) return ended;
      const { code, stdout, stderr, lost, timedOut } = ended.value;
      if (timedOut && stdout === '') return failure('action.timeout', `${command} had printed nothing after ${seconds(timeoutMs)} and was ended.`, 'Give it more time.');
      if (stdout === '' && code !== 0) return failure('action.tool-failed', `${command} ended with code ${code}: ${redactText(lastWords(ended.value)).text}`, 'It may need more rights than Weir has.');
      if (timedOut) run.note(`It was ended after ${seconds(timeoutMs)}.`);
      if (lost > 0) run.note(`${lost} bytes of its output were not kept.`);
      run.figure('exitCode', code ?? -1);
      const { text, findings } = await redactLong(redactText, stderr === '' ? stdout : `${stdout}\n--- standard error ---\n${stderr}`);
      run.figure('redactions', findings);
      return keepText(run, text, { kind: 'command-output', format: 'text', name: `${tool}.txt`, sensitive: false, summary: `${command}${ask.process === null ? '' : `, for ${nameOf(ask.process)}`}`, fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { exitCode: code ?? -1 } });
    },
  };
}

/** Null when it is not on the list. `{pid}` may be asked for by that name or by the number. */
export function allowedWords({ parameters, process, policy }: Ask<'diagnostic-command'>): string[] | null {
  const filled = (line: string): string | null => (!line.includes('{pid}') ? line : process === null ? null : line.replaceAll('{pid}', String(process.pid)));
  const wanted = filled(parameters.command.trim().replace(/ +/g, ' '));
  return wanted !== null && policy.commands.some((line) => filled(line) === wanted) ? wanted.split(' ') : null;
}
