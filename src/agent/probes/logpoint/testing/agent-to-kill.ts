// An agent with one logpoint, to be killed: `agent-to-kill.ts PID FOLDER FILE LINE MECHANISM [EXPRESSION]`. Prints what it noted as left once it is hit.
import { agentProcess, logpointsHere } from './here.ts';

const [pid, folder, file, line, mechanism, expression = 'moves'] = process.argv.slice(2);
const here = await logpointsHere(folder);
const { seen, inserted } = await here.insert(await agentProcess(Number(pid)), { at: { file: file!, line: Number(line) }, mechanism: mechanism as 'breakpoint', expressions: [{ expression }] });
if (!inserted.ok) throw new Error(inserted.error.message);
const told = setInterval(() => {
  if (seen.hits.length === 0) return;
  clearInterval(told);
  process.stdout.write(JSON.stringify(here.left.get('k1')));
  setInterval(() => undefined, 1000);
}, 10);
