// A property's name as it stands in the made-up name of a plain object, `{id, "a, b"}`: quoted where it could be taken for more than one.

export const quotedIfOdd = (name: string): string => (/[,'"{}]/.test(name) ? JSON.stringify(name) : name);
