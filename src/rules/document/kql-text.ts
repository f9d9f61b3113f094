// How the KQL of a document is kept: the same whatever way its block was written.

/** Line breaks are \n, and nothing follows the last visible character. */
export const tidyKql = (kql: string): string => kql.replaceAll('\r\n', '\n').trimEnd();
