// OTLP severity numbers 1 to 24 (logs data model, SeverityNumber) as a letter first and a colour second.
export type SeverityLetter = 'T' | 'D' | 'I' | 'W' | 'E' | 'F';
export const severityLetters: readonly SeverityLetter[] = ['T', 'D', 'I', 'W', 'E', 'F'];
export const severityNames: Readonly<Record<SeverityLetter, string>> = { T: 'TRACE', D: 'DEBUG', I: 'INFO', W: 'WARN', E: 'ERROR', F: 'FATAL' };

/** Null for 0 (unspecified) and for numbers outside 1 to 24. */
export function severityLetter(severityNumber: number): SeverityLetter | null {
  return severityNumber >= 1 && severityNumber <= 24 ? severityLetters[Math.floor((severityNumber - 1) / 4)] ?? null : null;
}

export function SeverityMark({ severity }: { readonly severity: number | SeverityLetter }) {
  const letter = typeof severity === 'number' ? severityLetter(severity) : severity;
  if (letter === null) return <span className="sev t3" title="no severity"><span aria-hidden="true">·</span><span className="vh">no severity</span></span>;
  return <span className={`sev ${letter}`} title={severityNames[letter]}><span aria-hidden="true">{letter}</span><span className="vh">{severityNames[letter]}</span></span>;
}
