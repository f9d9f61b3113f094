// The common jobs as whole queries: what completion offers in an empty rule, and behind a table's first pipe. Places to fill in are `${1:text}`.

export interface QuerySnippet { readonly label: string; readonly doc: string; readonly template: string }

export const ruleSnippets: readonly QuerySnippet[] = [
  { label: 'chatty log to metric', doc: 'Counts an event per service and window, and drops its records.', template: 'Logs\n| where EventName == "${1:LogLaunch}"\n| summarize ${2:Launches} = count() by ServiceName, bin(Timestamp, ${3:10s})\n| invoke to_metric("${4:app.launches}")' },
  { label: 'drop an event', doc: 'Matched records stop here; each is counted.', template: 'Logs\n| where EventName == "${1:HealthCheck}" and SeverityNumber < ${2:9}\n| invoke drop()' },
  { label: 'sample', doc: 'Keeps a share, whole traces together; the kept carry the adjusted count.', template: 'Logs\n| where SeverityNumber < ${1:9}\n| invoke sample(${2:0.1})' },
  { label: 'sample fast spans', doc: 'Keeps every slow or failed span, and a share of the rest.', template: 'Spans\n| where Duration < ${1:200ms} and StatusCode != "Error"\n| invoke sample(${2:0.05})' },
  { label: 'dedup a repeating log', doc: 'The first of equal records within a window passes and carries the count.', template: 'Logs\n| where SeverityNumber >= ${1:17}\n| invoke dedup(${2:10s}, dynamic(["ServiceName", "EventName"]))' },
  { label: 'redact secrets', doc: 'Finds secrets anywhere in the record and masks them.', template: 'Logs\n| where ServiceName == "${1:frontend}"\n| invoke redact("${2:*}", mode="${3:mask}")' },
  { label: 'remove an attribute', doc: 'Takes one attribute off every record that has it.', template: 'Logs\n| where isnotempty(Attributes["${1:user.email}"])\n| project-away [\'${1:user.email}\']\n| invoke update()' },
  { label: 'record verbose logs', doc: 'Diverts records into a flight recorder until something goes wrong.', template: 'Logs\n| where SeverityNumber < ${1:9}\n| invoke record("${2:verbose}")' },
  { label: 'record errors and pass them', doc: 'A copy in a flight recorder; the records also pass.', template: 'Logs\n| where SeverityNumber >= ${1:17}\n| invoke record("${2:errors}", tee=true)' },
  { label: 'route to an exporter', doc: 'Sends records to a named exporter instead of the default one.', template: 'Logs\n| where ServiceName == "${1:audit}"\n| invoke route("${2:archive}")' },
  { label: 'parse a message', doc: 'Takes fields out of the text and writes them back as attributes.', template: 'Logs\n| parse-where Body with * "${1:user=}" ${2:user} " " *\n| invoke update()' },
  { label: 'latency percentile as metric', doc: 'A percentile of span durations per route and window.', template: 'Spans\n| where Kind == "Server"\n| summarize p95 = percentile(Duration, ${1:95}) by ServiceName, Name, bin(Timestamp, ${2:30s})\n| invoke to_metric("${3:app.latency.p95}", unit="ms", keep=true)' },
];

/** The template as text, and where its first place begins. */
export function plainTemplate(template: string): { readonly text: string; readonly cursor: number } {
  const first = /\$\{\d+:/.exec(template)?.index ?? template.length;
  return { text: template.replace(/\$\{\d+:([^}]*)\}/g, '$1'), cursor: first };
}
