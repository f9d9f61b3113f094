// Names that a sink can be pointed at: detectors of this build, recorders that are defined or that agents have, exporters that they have.
import { useEffect, useMemo, useState } from 'react';
import { useAgents, useRecorders } from '../../../api/index.ts';
import type { SinkNames } from '../picture/index.ts';

export function useSinkNames(): SinkNames {
  const agents = useAgents().data;
  const detectors = useDetectorNames();
  const defined = useRecorders().data?.recorders.map(({ definition }) => definition.name) ?? none;
  const recorders = [...new Set([...defined, ...namesOf(agents, 'recorders')])].toSorted();
  const exporters = namesOf(agents, 'exporters');
  const key = JSON.stringify([recorders, exporters]);
  // Agents report every other second; their names are what the key says.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => ({ detectors, recorders, exporters }), [detectors, key]);
}

const namesOf = (agents: ReturnType<typeof useAgents>['data'], of: 'recorders' | 'exporters'): readonly string[] =>
  [...new Set((agents ?? []).flatMap(({ status }) => (status?.[of] ?? []).map(({ name }) => name)))].toSorted();

const none: readonly string[] = [];

/** The detectors themselves are large; they are loaded apart from the page. */
function useDetectorNames(): readonly string[] {
  const [names, setNames] = useState(none);
  useEffect(() => {
    let live = true;
    void import('../../../../redaction/index.ts').then(({ detectorList }) => { if (live) setNames(['*', ...detectorList.map(({ name }) => name)]); }, () => undefined);
    return () => { live = false; };
  }, []);
  return names;
}
