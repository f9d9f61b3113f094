// What a script has, in a few lines: the editor says the rest as one types.
import { defaultLanguageLimits as limits } from '../../../../engine/language/index.ts';

const entries: readonly (readonly [code: string, says: string])[] = [
  ['onRecord(record, weir)', 'is called for each record. The record has the columns that KQL knows, and is frozen: a rule cannot change or drop it.'],
  ['onTick(weir)', 'is called once a second, when there is such a function.'],
  ['weir.emit({ EventName, Body, SeverityNumber, Attributes })', 'makes a log record for the same resource. It passes redaction.'],
  ['weir.metric(name, value, attributes?, { unit, kind }?)', 'adds to a sum, or says the value of a gauge.'],
  ['weir.state.get(key), set, delete', `is kept from one record to the next: ${limits.state.keys.toLocaleString('en')} keys, ${limits.state.bytes / 2 ** 20} MiB, the least recently used goes.`],
  ['weir.action(name, parameters)', 'asks for a diagnostic action, within the limits above, and says whether it starts.'],
  ['weir.log(text)', 'writes a line into the dry run below; on an agent nothing comes of it.'],
  ['weir.now, Date, Math.random', 'are the record\'s time in UTC, and a sequence of the rule\'s name: the same records give the same outputs everywhere.'],
];

export function ScriptWorld() {
  return (
    <section aria-label="What a script has">
      <h3 className="meta t3">What a script has</h3>
      <dl>{entries.map(([code, says]) => <div key={code}><dt><code>{code}</code></dt><dd className="t2">{says}</dd></div>)}</dl>
      <p className="t2">No files, no network, no timers. One call has {(limits.callTicks * 10_000).toLocaleString('en')} steps, some {limits.callTicks / 10} ms, and the script {limits.memoryBytes / 2 ** 20} MiB of memory. Past them, or when it tries to change what is frozen, the rule turns itself off and says why; the pipeline goes on.</p>
    </section>
  );
}
