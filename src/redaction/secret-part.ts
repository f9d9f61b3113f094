// What of a finding is secret when it is not all of it: of an e-mail address the name before its `@`. A domain alone is nobody's.

export const emailName = 'email';

/** What no name of an address holds, percent-encoded: what stands before it is other text, which the address came with. */
const encodedEnd = /^[\s\S]*%(?:25)?(?:[01][0-9A-Fa-f]|2[02678CcFf]|29|3[A-Fa-f]|5[BbCcDd]|7[BbDd])/;
/** Longer ones are secret as a whole. */
export const longestAddress = 512;

/** Where the name begins and ends in the address: up to the last `@`, be it written `%40`. All of it when there is none, or when it is
 *  longer than addresses are. */
export function nameOfAddress(address: string): { readonly start: number; readonly end: number } {
  const at = address.length > longestAddress ? -1 : Math.max(address.lastIndexOf('@'), address.lastIndexOf('%40'));
  return at < 0 ? { start: 0, end: address.length } : { start: encodedEnd.exec(address.slice(0, at))?.[0].length ?? 0, end: at };
}
