// Where a row can be looked at further. Pure.
import { eventCondition } from '../../../../cost/index.ts';
import { kqlString } from '../../../../kql/index.ts';
import type { CostRow } from '../../../../model/index.ts';
import type { CostSearch, TailSearch } from '../../../state/index.ts';

const severities: Readonly<Record<string, readonly [number, number]>> = { TRACE: [1, 4], DEBUG: [5, 8], INFO: [9, 12], WARN: [13, 16], ERROR: [17, 20], FATAL: [21, 24] };

/** The tail of exactly its records, before rules where rules take some; null where no filter says it. */
export function tailOf(row: CostRow, by: CostSearch['by']): Pick<TailSearch, 'q' | 'signals' | 'stage'> | null {
  const q = filterOf(row, by);
  return q === null ? null : { q, ...(row.signal === null ? {} : { signals: [row.signal] }), ...(row.savedPerMonth > 0 ? { stage: 'in' as const } : {}) };
}

function filterOf(row: CostRow, by: CostSearch['by']): string | null {
  const { signal, service, durableId, source, field } = row;
  if (durableId !== null && signal !== null && service !== null && source !== null) return source === 'folded' ? null : eventCondition({ service, id: durableId, source });
  if (field !== null) return field.place === 'attribute' ? `isnotempty(Attributes[${kqlString(field.key)}])` : field.place === 'resource' ? `isnotempty(Resource[${kqlString(field.key)}])` : null;
  if (by === 'severity') return severities[row.key] === undefined ? null : `SeverityNumber between (${severities[row.key]!.join(' .. ')})`;
  if (by === 'signal') return 'true';
  return service === null ? null : versionOf(row, by, `ServiceName == ${kqlString(service)}`);
}

/** Keys of versions are `[service, version]`; '*' are the rarest together. */
function versionOf({ key }: CostRow, by: CostSearch['by'], ofService: string): string {
  if (by !== 'version') return ofService;
  const version = (JSON.parse(key) as readonly string[])[1];
  return version === undefined || version === '' || version === '*' ? ofService : `${ofService} and Resource["service.version"] == ${kqlString(version)}`;
}
