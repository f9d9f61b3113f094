// The rule document as a JSON Schema (2020-12): for editors, for git hosts, and for the hints of schema-hints.ts.
import { z } from 'zod';
import { languageDocument, machineDocument, policyDocument, queryDocument, ruleKinds, type RuleKind } from '../../model/index.ts';
import { fieldDocs } from './field-docs.ts';

/** As much of JSON Schema as a rule document needs. */
export interface JsonSchema {
  readonly type?: string; readonly description?: string; readonly default?: unknown; readonly const?: unknown; readonly enum?: readonly unknown[]; readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>; readonly required?: readonly string[];
  readonly items?: JsonSchema; readonly additionalProperties?: JsonSchema | boolean; readonly anyOf?: readonly JsonSchema[]; readonly oneOf?: readonly JsonSchema[];
}

/** The shape of each kind's document. */
export const zodSchemas = { query: queryDocument, 'state-machine': machineDocument, 'redaction-policy': policyDocument, language: languageDocument } as const;

function kindSchema(kind: RuleKind): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(zodSchemas[kind], { io: 'input' }) as JsonSchema & { $schema: string };
  return described(schema, '', kind);
}

/** The schema with the fields' docs as descriptions. */
function described(schema: JsonSchema, path: string, kind: RuleKind): JsonSchema {
  const doc = fieldDocs[kind][path];
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return {
    ...schema,
    ...(doc !== undefined && { description: doc.doc }),
    ...(schema.properties !== undefined && { properties: Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, described(one, below(name), kind)])) }),
    ...(schema.items !== undefined && { items: described(schema.items, `${path}[]`, kind) }),
    ...(typeof schema.additionalProperties === 'object' && { additionalProperties: described(schema.additionalProperties, below('*'), kind) }),
  };
}

export const kindSchemas: Readonly<Record<RuleKind, JsonSchema>> = { query: kindSchema('query'), 'state-machine': kindSchema('state-machine'), 'redaction-policy': kindSchema('redaction-policy'), language: kindSchema('language') };

/** JSON Schema of a rule document of any kind; one without `kind` is a query. */
export const ruleSchema: JsonSchema & { readonly $schema: string; readonly title: string } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Weir rule', type: 'object',
  oneOf: ruleKinds.map((kind) => kindSchemas[kind]),
};

/** The schema of what stands at `path`; null when there is no such field. */
export function schemaAt(kind: RuleKind, path: readonly (string | number)[]): JsonSchema | null {
  let schema: JsonSchema | null = kindSchemas[kind];
  for (const step of path) {
    const one: JsonSchema | undefined = typeof step === 'number' ? schema.items : schema.properties?.[step] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    if (one === undefined) return null;
    schema = one;
  }
  return schema;
}

/** Names of the fields that a map at `path` may have. */
export const fieldNames = (kind: RuleKind, path: readonly (string | number)[]): readonly string[] => Object.keys(schemaAt(kind, path)?.properties ?? {});
