// The choices of what is collected, each with what it costs.
import type { ReactNode } from 'react';
import type { AgentSummary } from '../../../../model/index.ts';
import { Checkbox, formatBytes, plural, Select } from '../../../ui/index.ts';
import { cpuCost, heapCost, heapEstimate, recordersOf, type Choice } from './plan.ts';

const durations = [5, 10, 30, 60].map(seconds => ({ value: String(seconds * 1000), label: `${seconds} s` }));

export function WhatToCollect({ choice, agents, onChange }: { readonly choice: Choice; readonly agents: readonly AgentSummary[]; readonly onChange: (choice: Choice) => void }) {
  const held = recordersOf(agents);
  const set = (part: Partial<Choice>) => onChange({ ...choice, ...part });
  return (
    <fieldset className="inc-what">
      <legend>Collect</legend>
      <What checked={choice.recorders} label="Flight recorders" onChange={recorders => set({ recorders })} says={held.count === 0 ? 'None of these agents holds a record now. A rule with record() fills one.' : `${plural(held.count, 'recorder')} with ${formatBytes(held.bytes)}: what led to this moment. They age, so they go first.`} />
      <What checked={choice.cpuMs !== null} label="CPU samples" onChange={on => set({ cpuMs: on ? 10_000 : null })} says={`Where each process spends its time. One can ${cpuCost}.`}>
        {choice.cpuMs !== null && <Select size="s" label="Length of a CPU sample" value={String(choice.cpuMs)} options={durations} onChange={value => set({ cpuMs: Number(value) })} />}
      </What>
      <What checked={choice.state} label="State" onChange={state => set({ state })} says="Limits, files, sockets, threads, event loop: read, never touched." />
      <What checked={choice.config} label="Configuration" onChange={config => set({ config })} says="Environment, command line, versions; redacted on the agent." />
      <What checked={choice.heap} label="Memory dumps" onChange={heap => set({ heap })} tone={choice.heap ? 'amb' : 't3'} says={`${heapCost}. ${heapEstimate} Holds values that no detector can mask.`} />
    </fieldset>
  );
}

interface WhatProps { readonly checked: boolean; readonly label: string; readonly says: string; readonly tone?: 't3' | 'amb'; readonly onChange: (on: boolean) => void; readonly children?: ReactNode }

function What({ checked, label, says, tone = 't3', onChange, children }: WhatProps) {
  return <div className="inc-part"><Checkbox checked={checked} onChange={onChange}><span className="t1 md">{label}</span></Checkbox><span className={`meta ${tone}`}>{says}</span>{children ?? <span />}</div>;
}
