// What a process calls itself, and which version of it it is, by OpenTelemetry's environment variables. Values of the list are percent-encoded, and
// OTEL_SERVICE_NAME wins over it (specification, SDK environment variables).
import type { AgentProcess } from '../../model/index.ts';

export function serviceOfEnvironment(environment: readonly string[]): string | null {
  const own = variable(environment, 'OTEL_SERVICE_NAME');
  if (own !== null && own !== '') return own.slice(0, 255);
  return resourceAttribute(environment, 'service.name');
}

/** Which deployment it is: `service.version`; null where the environment does not say. */
export const versionOfEnvironment = (environment: readonly string[]): string | null => resourceAttribute(environment, 'service.version');

function resourceAttribute(environment: readonly string[], name: string): string | null {
  for (const pair of (variable(environment, 'OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined && value.trim() !== '') return decoded(value.trim()).slice(0, 255);
  }
  return null;
}

function variable(environment: readonly string[], name: string): string | null {
  return environment.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** Programs that start others: what follows is a name of theirs, of no service. */
const starters = /^(?:.*\/)?(npm|npx|yarn|pnpm|bun|corepack)$/;
/** An address, a number or a setting: the value of an option, never a file that runs. */
const isValue = (word: string): boolean => /:\/\/|^[\d.]+(?::\d+)?$|^\[?[\da-f:]+\]?:\d+$|^[\w.-]+:\d+$|=/i.test(word);
/** Of Node and Python: options whose value is the word after them. */
const withValue = /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|-C|--conditions|-W|-X)$/;
const script = /^(?:.*\/)?([\w.-]+?)(?:\.(?:[cm]?[jt]sx?|py))?$/;

/** What its records are called when nobody says which service it is: of what a runtime runs the script, else the program. */
export function serviceShown({ service, name, runtime, command }: Pick<AgentProcess, 'service' | 'name' | 'runtime' | 'command'>): string {
  if (service !== null) return service;
  if (runtime !== 'node' && runtime !== 'python') return name;
  const words = command.split(' ');
  const starter = starters.exec(words[0] ?? '')?.[1];
  if (starter !== undefined) return starter;
  // What follows `--` are arguments of the script.
  const end = words.indexOf('--', 1);
  const at = words.findIndex((word, index) => index > 0 && (end < 0 || index < end) && !word.startsWith('-') && !isValue(word) && !withValue.test(words[index - 1] ?? ''));
  // `-e TEXT` is no file.
  if (at < 0 || words.slice(1, at).some((word) => /^-[cep]$|^--(?:eval|print)$/.test(word))) return name;
  return script.exec(words[at] ?? '')?.[1] ?? name;
}
