// Where in the code a record was written, and the way to a probe at that line: telemetry of what stood around it.
import { probeLink } from '../../../state/index.ts';
import { Icon, shortenPath } from '../../../ui/index.ts';
import { valueText, type TailRecord } from '../../../workers/tail/index.ts';

/** Semantic conventions `code.*`, as they are named now and as they were before 1.30. */
const names = { file: ['code.file.path', 'code.filepath'], line: ['code.line.number', 'code.lineno'], function: ['code.function.name', 'code.function'] } as const;

export function SourceLine({ record: { attributes, resource, agent } }: { readonly record: TailRecord }) {
  const of = (keys: readonly string[], from = attributes): string => keys.map((key) => from[key]).filter((value) => value !== undefined && value !== null).map(valueText)[0] ?? '';
  const [file, line, name] = [of(names.file), Number(of(names.line)), of(names.function)];
  if (file === '') return null;
  const pid = Number(of(['process.pid'], resource)) || undefined;
  const probe = probeLink(file, Number.isInteger(line) ? line : 0, { agent, pid, service: pid === undefined ? of(['service.name'], resource) : undefined });
  return (
    <div className="row gap1 tail-source">
      <Icon name="code" size="s" /><span className="mono ell grow" title={`${file}:${line}${name === '' ? '' : ` in ${name}`}`}>{shortenPath(file, 44)}{line > 0 && `:${line}`}</span>
      {probe !== null && <a className="btn s" href={probe}><Icon name="probe" size="s" />Add a probe here</a>}
    </div>
  );
}
