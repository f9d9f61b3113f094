// The widths of the list's columns: fixed ones first, the columns a person added, then the body takes the rest.

export function columnTemplate(extra: readonly string[]): string {
  return ['90px', '18px', 'var(--tail-service, 64px)', 'var(--tail-durable, 146px)', ...extra.map(() => 'minmax(70px, 120px)'), 'minmax(0, 1fr)'].join(' ');
}
