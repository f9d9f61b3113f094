// Severities of the world as OpenTelemetry's numbers. Source: OpenTelemetry logs data model, appendix B (syslog); RFC 5424, table 2.

export interface Severity { readonly number: number; readonly text: string }

const syslogNumbers = [21, 19, 18, 17, 13, 10, 9, 5] as const;
const syslogWords = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;
const syslogSeverities: readonly Severity[] = syslogWords.map((text, i) => ({ number: syslogNumbers[i]!, text }));

/** 0 (emergency) to 7 (debug); undefined for anything else. */
export const severityOfSyslog = (priority: number): Severity | undefined => syslogSeverities[priority];

const words: Readonly<Record<string, number>> = {
  trace: 1, verbose: 1, finest: 1, silly: 1, debug: 5, dbug: 5, fine: 5, dbg: 5, info: 9, information: 9, informational: 9, inf: 9, notice: 10, warn: 13, warning: 13, wrn: 13,
  error: 17, err: 17, eror: 17, severe: 17, critical: 18, crit: 18, alert: 19, fatal: 21, panic: 21, emerg: 21, emergency: 21, dpanic: 21, ftl: 21,
};
const longestWord = 13;

/** The number of a level's name, in any case; undefined for a word that names none. */
export function severityOfWord(word: string): number | undefined {
  if (word.length > longestWord) return undefined;
  const lower = word.toLowerCase();
  return Object.hasOwn(words, lower) ? words[lower] : undefined;
}

/** A level that is a number: 10 to 60 as pino and bunyan count, 0 to 7 as syslog does. */
function severityOfNumber(level: number): Severity | undefined {
  if (level >= 10 && level <= 60 && level % 10 === 0) return pinoLevels[level / 10 - 1];
  return severityOfSyslog(level);
}
const pinoLevels: readonly Severity[] = [{ number: 1, text: 'trace' }, { number: 5, text: 'debug' }, { number: 9, text: 'info' }, { number: 13, text: 'warn' }, { number: 17, text: 'error' }, { number: 21, text: 'fatal' }];

/** A level as a field has it. */
export function severityOf(level: unknown): Severity | undefined {
  if (typeof level === 'number') return severityOfNumber(level);
  if (typeof level !== 'string') return undefined;
  const number = severityOfWord(level);
  if (number !== undefined) return { number, text: level };
  return /^\d{1,2}$/.test(level) ? severityOfNumber(Number(level)) : undefined;
}
