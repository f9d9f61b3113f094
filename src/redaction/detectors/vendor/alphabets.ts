// Byte classes that vendors' tokens are written in, beside those every detector shares.
const table = (chars: string): Uint8Array => Uint8Array.from({ length: 256 }, (_, byte) => (chars.includes(String.fromCharCode(byte)) ? 1 : 0));

const digits = '0123456789';
const lowers = 'abcdefghijklmnopqrstuvwxyz';
const uppers = lowers.toUpperCase();

export const lowerHex = table(`${digits}abcdef`);
export const lowerDigits = table(lowers + digits);
export const upperDigits = table(uppers + digits);
/** RFC 4648, section 6, in capitals. */
export const base32 = table(`${uppers}234567`);
export const base62Dash = table(`${lowers}${uppers}${digits}-`);
export const base62Slash = table(`${lowers}${uppers}${digits}/`);
export const base64Padded = table(`${lowers}${uppers}${digits}+/=`);
export const base64urlPadded = table(`${lowers}${uppers}${digits}-_=`);
/** Characters of a client secret of Microsoft Entra. */
export const unreserved = table(`${lowers}${uppers}${digits}-_.~`);
export const base64urlDot = table(`${lowers}${uppers}${digits}-_.`);
/** Names of environments. */
export const lowerDash = table(`${lowers}${digits}-_`);
