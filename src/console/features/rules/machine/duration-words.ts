// A duration of the document as people read it everywhere in the console: "30 s", "1.5 h".
/** The text itself when it is no duration. */
export function durationWords(text: string): string {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
  return number === undefined || unit === undefined ? text : `${number} ${unit}`;
}
