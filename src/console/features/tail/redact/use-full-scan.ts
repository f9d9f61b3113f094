// Every record that leaves is scanned for a minute: then it is proved within seconds that something stopped; from samples, it takes
// a minute. A longer scan that somebody started goes on.
import { useRedactionOverview, useStartResidualScan } from '../../../api/index.ts';

const scanSeconds = 60;
const overviewSeconds = 300;

export interface FullScan { readonly failed: boolean; start(): void }

export function useFullScan(): FullScan {
  const until = useRedactionOverview(overviewSeconds).data?.scanned.fullUntil ?? null;
  const scan = useStartResidualScan();
  return { failed: scan.isError, start: () => { if (until === null || Date.parse(until) < Date.now() + scanSeconds * 1000) scan.mutate(scanSeconds); } };
}
