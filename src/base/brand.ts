declare const brand: unique symbol;

/** A string or number that may not be mixed up with another of the same shape: `type RuleId = Brand<string, 'RuleId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
