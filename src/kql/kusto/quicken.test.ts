// The quickened runtime against the one that was loaded: the same answers about values of every sort, and about whole texts.
import { afterAll, describe, expect, it } from 'vitest';
import { createKqlLanguage, quicken, type KustoGlobal, type KustoRuntime } from './index.ts';

for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) await import(/* @vite-ignore */ `@kusto/language-service-next/${file}`);
const loaded = globalThis as unknown as KustoRuntime & { readonly Kusto: KustoGlobal };
const { Bridge, System } = loaded;
const plain = { is: Bridge.is.bind(Bridge), as: Bridge.as.bind(Bridge), ref: Bridge.ref, getCount: System.Array.getCount, getItem: System.Array.getItem };

const texts = [
  'Logs\n| where EventName == "x" and depth > 3\n| extend a = iff(SeverityNumber > 3, "h", tostring(field)), b = Attributes["x"] + 1\n| summarize n = count(), p = percentile(toreal(b), 95) by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("m", unit="1")',
  'let f = (x: long) { x + 1 }; Logs | where f(SeverityNumber) in (1, 2, 3) or Body matches regex "a+" | project Body | invoke drop()', 'Logs | whre x | invoke dropp()', 'Logs | where (', 'union Logs, Spans | where Attributes has "x" | parse Body with a:long "x" * | mv-expand c = todynamic(a) | invoke record("r")',
];
const answers = (): unknown => texts.map((text) => {
  const kql = createKqlLanguage(loaded.Kusto, null);
  return [kql.compile(text, { mode: 'rule' }), kql.complete(text, text.length - 3, 'rule'), kql.tokens(text, 'rule'), kql.format(text), kql.hover(text, text.indexOf('where') + 7, 'rule')];
});
const before = answers();
const undo = quicken(loaded);
afterAll(undo);

const { List$1, Dictionary$2, IEnumerable$1, IReadOnlyList$1, ICollection$1 } = (System as unknown as { Collections: { Generic: Record<string, (...types: unknown[]) => { new (): object; ctor: new () => object }> } }).Collections.Generic;
const names = System as unknown as Record<string, unknown>;
const list = new (List$1!(names['String']).ctor)() as { add(value: unknown): void };
list.add('a');
const code = loaded.Kusto.Language.KustoCode.ParseAndAnalyze(texts[0]!, loaded.Kusto.Language.GlobalState.Default);
const language = loaded.Kusto.Language as unknown as { Syntax: Record<string, unknown>; Symbols: Record<string, unknown> };
const values = [null, undefined, 1, 1.5, 'x', true, {}, [], ['a'], new Int32Array(2), new Date(0), () => 1, Object.create(null), list, new (Dictionary$2!(names['String'], names['Int32']).ctor)(), code, code.Syntax, code.Syntax.GetChild(0), code.GetDiagnostics(), code.ResultType, loaded.Kusto.Language.GlobalState.Default];
const types = [names['Object'], names['String'], names['Int32'], names['Double'], names['Boolean'], names['IDisposable'], names['Array'], List$1!(names['String']), IEnumerable$1!(names['String']), IReadOnlyList$1!(names['String']), ICollection$1!(names['Object']), language.Syntax['SyntaxNode'], language.Syntax['SyntaxElement'], language.Syntax['QueryBlock'], language.Symbols['Symbol'], language.Symbols['TypeSymbol'], language.Symbols['TableSymbol'], loaded.Kusto.Language.KustoCode];

/** What comes back, or that it throws. */
function outcome(ask: () => unknown): unknown { try { return ask(); } catch { return 'throws'; } }
/** Each box has functions of its own. */
function unboxed(value: unknown): unknown {
  const { $boxed, v, type } = (value ?? {}) as { $boxed?: boolean; v?: unknown; type?: unknown };
  return $boxed === true ? [v, type] : value;
}

describe('a quickened runtime', () => {
  it('answers as before, the first time and again', () => {
    for (let time = 0; time < 2; time++) for (const value of values) for (const type of types) {
      expect(outcome(() => Bridge.is(value, type))).toBe(outcome(() => plain.is(value, type)));
      expect(outcome(() => Bridge.is(value, type, true, true))).toBe(outcome(() => plain.is(value, type, true, true)));
      expect(outcome(() => Bridge.as(value, type))).toBe(outcome(() => plain.as(value, type)));
      expect(outcome(() => System.Array.getCount(value, type))).toBe(outcome(() => plain.getCount(value, type)));
      expect(unboxed(outcome(() => System.Array.getItem(value, 0, type)))).toEqual(unboxed(outcome(() => plain.getItem(value, 0, type))));
    }
  });
  it('hands variables over as before', () => {
    const holder = { a: 1, list: [1, 2] };
    const [one, item] = [Bridge.ref(holder, 'a'), Bridge.ref(holder.list, [1])];
    one.v = 5;
    item.v += 7;
    expect([holder.a, holder.list, one.v, item.v]).toEqual([5, [1, 9], 5, 9]);
    expect(outcome(() => Bridge.ref(holder.list, [2]))).toBe('throws');
  });
  it('has one List of a type, however often it is asked for', () => {
    expect(List$1!(language.Symbols['Symbol'])).toBe(List$1!(language.Symbols['Symbol']));
    expect(List$1!(language.Symbols['Symbol'])).not.toBe(List$1!(language.Symbols['TypeSymbol']));
  });
  it('reads whole texts as before', () => { expect(answers()).toEqual(before); });
  it('is quickened once, and can be taken back', () => {
    const quick = Bridge.is;
    quicken(loaded)();
    expect(Bridge.is).toBe(quick);
    undo();
    expect(Bridge.is).not.toBe(quick);
  });
});
