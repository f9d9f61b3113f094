// Text for XML. Names come from profiles that anyone may have made, so nothing in them may end an attribute, open an element, or break the file.

/** Characters that XML 1.0 cannot hold at all, halves of surrogate pairs among them, become the replacement character. */
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const xmlText = (text: string): string => text.replace(unfit, '\ufffd').replace(/[&<>"']/g, character => entities[character]!);
