// The part of Microsoft's Kusto language service that Weir uses, as a port: the global object is handed in, so nothing here imports the
// 5 MB parser. Names and shapes are the library's own (Kusto.Language.Bridge.d.ts); one structural node type stands for its node classes.

export interface KustoList<T> { readonly Count: number; getItem(index: number): T }

export interface KustoType { readonly Name: string; readonly IsTabular?: boolean; readonly Columns?: KustoList<KustoColumn> }
export interface KustoColumn { readonly Name: string; readonly Type: KustoType }

/** A node or token of the syntax tree; which of the optional parts are there depends on its kind. Offsets are UTF-16. */
export interface KustoNode {
  readonly Kind: number;
  readonly ChildCount: number;
  GetChild(index: number): KustoNode | null;
  readonly TextStart: number;
  readonly End: number;
  readonly IsMissing: boolean;
  readonly ContainsSyntaxDiagnostics: boolean;
  readonly IsToken: boolean;
  /** Tokens: the text without white space and comments around it. */
  readonly Text?: string;
  /** Tokens: the text between quotes, unescaped. */
  readonly ValueText?: string;
  readonly SimpleName?: string;
  readonly ResultType?: KustoType | null;
  readonly LiteralValue?: unknown;
  readonly Left?: KustoNode; readonly Right?: KustoNode; readonly Operator?: KustoNode;
  readonly First?: KustoNode; readonly Second?: KustoNode;
  readonly Expression?: KustoNode; readonly Selector?: KustoNode;
  readonly Name?: KustoNode; readonly Value?: KustoNode; readonly Function?: KustoNode;
  readonly ArgumentList?: KustoNode;
  /** Operators: their named parameters. A function declaration: a node that holds the list. */
  readonly Parameters?: KustoList<KustoNode> & { readonly Parameters?: KustoList<KustoNode> };
  /** Of a function declaration and of its parameters. */
  readonly Body?: KustoNode; readonly NameAndType?: KustoNode; readonly DefaultValue?: KustoNode | null; readonly Type?: KustoNode;
  /** Of parse: no separators between them. */
  readonly Patterns?: KustoList<KustoNode>;
  /** Of mv-expand. */
  readonly ToTypeOf?: KustoNode | null; readonly TypeOf?: KustoNode; readonly Types?: KustoList<KustoNode>; readonly RowLimitClause?: KustoNode | null; readonly RowLimit?: KustoNode;
  /** Lists of SeparatedElement. */
  readonly Expressions?: KustoList<KustoNode>; readonly Aggregates?: KustoList<KustoNode>; readonly Values?: KustoList<KustoNode>; readonly Pairs?: KustoList<KustoNode>;
  readonly ByClause?: KustoNode | null; readonly BinClause?: KustoNode | null; readonly ByExpression?: KustoNode;
  readonly Ordering?: KustoNode | null; readonly AscOrDescKeyword?: KustoNode | null; readonly NullsClause?: KustoNode | null; readonly FirstOrLastKeyword?: KustoNode | null;
  readonly AsIdentifier?: KustoNode | null; readonly Condition?: KustoNode; readonly Token?: KustoNode;
  readonly Statements?: KustoList<KustoNode>; readonly Tokens?: KustoList<KustoNode>;
}

export interface KustoDiagnostic { readonly Code: string; readonly Severity: string; readonly Message: string; readonly Start: number; readonly End: number }
export interface KustoCode { readonly Syntax: KustoNode; readonly ResultType: KustoType | null; GetDiagnostics(): KustoList<KustoDiagnostic> }

export interface KustoCompletionItem { readonly Kind: number; readonly DisplayText: string; readonly BeforeText: string; readonly AfterText: string }
export interface KustoCompletionInfo { readonly Items: KustoList<KustoCompletionItem>; readonly EditStart: number; readonly EditLength: number }
export interface KustoCodeService {
  GetCompletionItems(position: number, options: object): KustoCompletionInfo;
  GetClassifications(start: number, length: number, clip: boolean, wait: boolean): { readonly Classifications: KustoList<{ readonly Kind: number; readonly Start: number; readonly Length: number }> };
  GetQuickInfo(position: number): { readonly Text: string } | null;
  GetFormattedText(options: KustoFormatting, caret: number): { readonly Text: string } | null;
}

export interface KustoFormatting { WithPipeOperatorStyle(style: number): KustoFormatting }
export interface KustoTable { WithName(name: string): KustoTable }
export interface KustoGlobals { WithDatabase(database: object): KustoGlobals }
type New<A extends readonly unknown[], T> = new (...args: A) => T;
/** A Bridge enum: name → number. */
export type KustoEnum = Readonly<Record<string, number>>;

/** What the loaded scripts leave in the global variable `Kusto`. */
export interface KustoGlobal {
  readonly Language: {
    readonly GlobalState: { readonly Default: KustoGlobals };
    readonly KustoCode: { ParseAndAnalyze(text: string, globals: KustoGlobals): KustoCode };
    readonly Binding: { readonly Binder: { GetExpressionResultName(node: KustoNode, fallback: null, row: null): string | null } };
    readonly Symbols: {
      readonly TableSymbol: { From(schema: string): KustoTable };
      readonly FunctionSymbol: { readonly $ctor16: New<[name: string, parameters: string, body: string, doc: string], object> };
      readonly DatabaseSymbol: { readonly $ctor1: New<[name: string, members: readonly object[]], object> };
    };
    readonly Syntax: { readonly SyntaxKind: KustoEnum };
    readonly Editor: {
      readonly FormattingOptions: { readonly Default: KustoFormatting }; readonly PlacementStyle: KustoEnum;
      readonly CompletionOptions: { readonly Default: { WithIncludeFunctions$1(include: boolean): object } };
      readonly CompletionKind: KustoEnum; readonly ClassificationKind: KustoEnum;
      /** Over an analysed code, so that nothing is parsed twice. */
      readonly KustoCodeService: { readonly ctor: New<[code: KustoCode], KustoCodeService> };
    };
  };
}

export function items<T>(list: KustoList<T> | null | undefined): T[] {
  const out: T[] = [];
  for (let i = 0; list !== null && list !== undefined && i < list.Count; i++) out.push(list.getItem(i));
  return out;
}

export function children(node: KustoNode | null | undefined): KustoNode[] {
  const out: KustoNode[] = [];
  for (let i = 0; node !== null && node !== undefined && i < node.ChildCount; i++) { const child = node.GetChild(i); if (child !== null) out.push(child); }
  return out;
}

/** The elements of a comma-separated list, without its separators. */
export const separated = (list: KustoList<KustoNode> | null | undefined): KustoNode[] => items(list).map((element) => element.GetChild(0)).filter((node) => node !== null);

/** Enum values back to names, once per enum. */
export function enumNames(values: KustoEnum): ReadonlyMap<number, string> {
  return new Map(Object.entries(values).filter(([, value]) => typeof value === 'number').map(([name, value]) => [value, name]));
}
