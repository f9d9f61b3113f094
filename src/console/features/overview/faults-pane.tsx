// The demo shop's faults. Each is real and can be switched on and off.
import { explainFailure, useDemoFaults, useSession, useSetDemoFault } from '../../api/index.ts';
import { PaneHeader, Switch, toast } from '../../ui/index.ts';

export function FaultsPane() {
  const demo = useSession().data?.demo ?? false;
  const faults = useDemoFaults(demo).data;
  const set = useSetDemoFault();
  if (!demo || faults === undefined || faults.length === 0) return null;
  const change = (name: string, on: boolean) => set.mutate({ name, on }, { onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); } });
  return (
    <>
      <PaneHeader title="Demo shop faults" meta={`${faults.filter(fault => fault.on).length} of ${faults.length} on`} />
      {faults.map(fault => {
        const on = set.isPending && set.variables.name === fault.name ? set.variables.on : fault.on;
        return (
          <div key={fault.name} className="li">
            <div className="grow"><div className={on ? 'amb md' : undefined}>{fault.label}</div><div className="meta t3 why">{fault.description}</div></div>
            <Switch checked={on} onChange={next => change(fault.name, next)} label={fault.label} description={fault.description} />
          </div>
        );
      })}
    </>
  );
}
