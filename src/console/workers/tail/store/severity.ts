// OTLP severity numbers (logs data model, SeverityNumber 1..24) as the six bands that the console shows.

export const severityBands = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'none'] as const;

/** Band of a severity number: 0 TRACE to 5 FATAL, 6 for none or outside the range. */
export function severityBand(severity: number): number {
  return severity >= 1 && severity <= 24 ? (severity - 1) >> 2 : 6;
}

export function severityLabel(severity: number): string { return severityBands[severityBand(severity)]!; }
