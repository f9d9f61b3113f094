// One collection on its way: progress, Cancel, why not, and Open.
import { Link } from '@tanstack/react-router';
import { isUnderWay, useAction, useCancelAction } from '../../api/index.ts';
import { Icon, Progress } from '../../ui/index.ts';

export function CollectRun({ id }: { readonly id: string }) {
  const { data: run } = useAction(id);
  const cancel = useCancelAction();
  if (run === undefined) return <Progress label="Asking" share={0} />;
  const { agent, progress, artifacts, why, state } = run;
  if (isUnderWay(run)) return <Progress label={agent.name} share={progress.share ?? 0} left={progress.text} onCancel={() => cancel.mutate(id)} />;
  const brought = artifacts.find(({ format }) => format === 'otlp-frames');
  if (state === 'done' && brought !== undefined) return <p className="row" role="status"><Icon name="check" size="s" className="acc" /><span className="grow ell">Collected from {agent.name}</span><Link className="btn s" to="/tail" search={{ recording: brought.id }}>Open in the tail</Link></p>;
  return <p role="alert" className="prose"><b className="md">{agent.name}: {state === 'cancelled' ? 'cancelled' : state === 'done' ? 'it held nothing of that' : why?.message ?? state}</b>{why?.help !== undefined && <span className="t2"> {why.help}</span>}</p>;
}
