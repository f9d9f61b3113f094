// Where in the code a record was written, and the way to a probe at that line: telemetry of what stood around it.
import { probeLink } from '../../../state/index.ts';
import { Button, Icon, shortenPath } from '../../../ui/index.ts';
import { valueText, type TailRecord } from '../../../workers/tail/index.ts';

/** Semantic conventions `code.*`, as they are named now and as they were before 1.30. */
const names = { file: ['code.file.path', 'code.filepath'], line: ['code.line.number', 'code.lineno'], function: ['code.function.name', 'code.function'] } as const;

export function SourceLine({ record: { signal, attributes, resource, agent } }: { readonly record: TailRecord }) {
  const of = (keys: readonly string[], from = attributes): string => keys.map((key) => from[key]).filter((value) => value !== undefined && value !== null).map(valueText)[0] ?? '';
  const [file, line, name] = [of(names.file), Number(of(names.line)), of(names.function)];
  const pid = Number(of(['process.pid'], resource)) || undefined;
  const service = of(['service.name'], resource);
  const language = of(['telemetry.sdk.language'], resource);
  if (file === '') return signal === 'logs' && language === 'nodejs' ? <NoLine href={studio({ agent, pid, service })} /> : null;
  const probe = probeLink(file, Number.isInteger(line) ? line : 0, { agent, pid, service: pid === undefined ? service : undefined });
  const foreign = language === '' || language === 'nodejs' ? null : `A line takes a probe only in Node; this record is of ${language}. Its functions may take a uprobe.`;
  return (
    <div className="row gap1 tail-source">
      <Icon name="code" size="s" /><span className="mono ell grow" title={`${file}:${line}${name === '' ? '' : ` in ${name}`}`}>{shortenPath(file, 44)}{line > 0 && `:${line}`}</span>
      {probe !== null && (foreign === null ? <a className="btn s" href={probe}><Icon name="probe" size="s" />Add a probe here</a> : <Button size="s" icon="probe" disabledReason={foreign}>Add a probe here</Button>)}
    </div>
  );
}

/** It says no place of its own; the process has lines to choose from. */
function NoLine({ href }: { readonly href: string }) {
  return (
    <div className="row gap1 tail-source">
      <Icon name="code" size="s" /><span className="t3 grow">It names no source line (<span className="mono">code.file.path</span>), so no probe can be added right here.</span>
      <a className="btn s" href={href}><Icon name="probe" size="s" />Choose a line</a>
    </div>
  );
}

function studio({ agent, pid, service }: { readonly agent: string; readonly pid: number | undefined; readonly service: string }): string {
  const query = new URLSearchParams({ agent, ...(pid !== undefined ? { pid: String(pid) } : service === '' ? {} : { service }) });
  return `/probes/new?${query.toString()}`;
}
