// How the code of a document is kept, KQL or JavaScript: the same whatever way its block was written.

/** Fields that hold code: printed as a block, and white space at their end means nothing. */
export const codeFields: readonly string[] = ['kql', 'javascript'];

/** Line breaks are \n, and nothing follows the last visible character. */
export const tidyCode = (code: string): string => code.replaceAll('\r\n', '\n').trimEnd();
