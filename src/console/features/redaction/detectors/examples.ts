// A made-up secret of a detector, in a line as software writes it. Made when asked for; none is ever written into a file.
export interface Example { readonly text: string; readonly key?: string }

/** Another one for each round; null when the detector has no generator. */
export async function exampleFor(detector: string, round: number): Promise<Example | null> {
  const { generators, seededRandom } = await import('../../../../redaction/generate/index.ts');
  const generator = generators.find(each => each.detector === detector);
  if (generator === undefined) return null;
  const { text, key } = generator.positive(seededRandom(round * 7919));
  return { text, ...(key !== undefined && { key }) };
}
