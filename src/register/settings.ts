// The environment that `weir/register` reads. What cannot be read is said and left out: it never keeps an app from starting.
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { say } from './say.ts';

export interface Settings {
  /** The rules file, absolute; null when there is none to read. */
  readonly rulesPath: string | null;
  /** Log records with a lower severity number are dropped; 0 drops none. */
  readonly minSeverity: number;
  /** While this file is there and young enough, nothing is dropped for its severity. */
  readonly verbosePath: string | null;
  /** Share of one core that rules other than redaction may take, 0 to 1. */
  readonly cpuShare: number;
}

/** In the agent's folder of the data; `inProcessFolder` and `inProcessRulesFile` of model/, which this must not load. */
const [agentFolder, rulesFile] = ['agent', 'in-process/rules.json'];
const levels: Readonly<Record<string, number>> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };
export const usualCpuShare = 0.05;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Null when nothing asks for anything. */
export function readSettings(env: Environment): Settings | null {
  const { WEIR_RULES: rules, WEIR_DATA: data, WEIR_MIN_SEVERITY: level, WEIR_VERBOSE_FILE: verbose } = env;
  if (!rules && !data && !level && !verbose) return null;
  const rulesPath = rules ? resolve(rules) : data ? join(agentFolderIn(resolve(data)), rulesFile) : null;
  return { rulesPath, minSeverity: severityOf(level), verbosePath: verbose ? resolve(verbose) : null, cpuShare: shareOf(env['WEIR_IN_PROCESS_CPU_SHARE']) };
}

/** Of the data folder, or that folder itself: people name either. */
function agentFolderIn(data: string): string {
  const inside = join(data, agentFolder);
  const [hasInside, isItself] = [inside, data].map((folder) => existsSync(dirname(join(folder, rulesFile))));
  return hasInside === false && (isItself === true || basename(data) === agentFolder) ? data : inside;
}

function severityOf(text: string | undefined): number {
  if (!text) return 0;
  const number = levels[text.toLowerCase()] ?? Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 24) return number;
  say(`WEIR_MIN_SEVERITY=${text} is no severity, so nothing is dropped for it. Write trace, debug, info, warn, error, fatal or 1 to 24.`);
  return 0;
}

function shareOf(text: string | undefined): number {
  if (!text) return usualCpuShare;
  const percent = /^(\d+(?:\.\d+)?)\s?%$/.exec(text);
  const share = percent === null ? Number.NaN : Number(percent[1]) / 100;
  if (share > 0 && share <= 1) return share;
  say(`WEIR_IN_PROCESS_CPU_SHARE=${text} is no share, so ${usualCpuShare * 100}% holds. Write a share of one core such as 5% or 0.5%.`);
  return usualCpuShare;
}
