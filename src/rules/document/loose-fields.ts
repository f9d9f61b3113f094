// The fields of a document that is not whole yet: what editors show beside the text while somebody is typing.
import { readYaml, yamlValue } from './read-yaml.ts';

/** The top-level fields as plain values, whatever the schema thinks of them; null when the text is no valid YAML map. */
export function looseFields(text: string): Readonly<Record<string, unknown>> | null {
  const source = readYaml(text);
  if (source.errors.length > 0) return null;
  try {
    const value = yamlValue(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    // Aliases that stand for too much: the parser says so in its problems.
    return null;
  }
}
