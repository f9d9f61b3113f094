// For tests only: Microsoft's parser in this process, and rules compiled from short texts.
import { createKqlLanguage, type KqlLanguage, type KustoGlobal } from '../../kql/index.ts';
import { defaultBounds } from '../../model/index.ts';
import type { CompiledQuery } from '../types.ts';

/** The parser's files have no types and hang themselves on the global object. */
export async function languageForTests(): Promise<KqlLanguage> {
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) await import(/* @vite-ignore */ `@kusto/language-service-next/${file}`);
  return createKqlLanguage((globalThis as unknown as { readonly Kusto: KustoGlobal }).Kusto, [{ name: 'email', doc: 'Addresses.' }]);
}

/** A compiled query rule; KQL that does not compile is a fault of the test. */
export function compiledQuery(language: KqlLanguage, name: string, kql: string, more: { readonly targets?: string; readonly order?: number; readonly location?: CompiledQuery['location'] } = {}): CompiledQuery {
  const compile = (text: string, mode: 'rule' | 'targets') => {
    const { plan, diagnostics } = language.compile(text, { mode });
    if (plan === null) throw new Error(`${text}: ${diagnostics.map(({ message }) => message).join(' ')}`);
    return plan;
  };
  return { kind: 'query', name, location: more.location ?? 'on-box', order: more.order ?? 100, targets: more.targets === undefined ? null : compile(more.targets, 'targets'), bounds: defaultBounds, expiresAfterMs: null, plan: compile(kql, 'rule') };
}
