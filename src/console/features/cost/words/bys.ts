// What the report is by, as it is called.
import type { CostBy } from '../../../../model/index.ts';

export const byWords: Readonly<Record<CostBy, { readonly label: string; readonly one: string; readonly many: string }>> = {
  event: { label: 'Event', one: 'event', many: 'events' }, service: { label: 'Service', one: 'service', many: 'services' }, version: { label: 'Version', one: 'version', many: 'versions' },
  severity: { label: 'Severity', one: 'severity', many: 'severities' }, field: { label: 'Field', one: 'field', many: 'fields' }, signal: { label: 'Signal', one: 'signal', many: 'signals' },
};
