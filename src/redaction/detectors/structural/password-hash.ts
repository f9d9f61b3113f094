// Hashes of passwords in modular crypt format: what an attacker tries passwords against, so as bad to leak as a weak one.
import { asciiText, literal } from '../../bytes.ts';
import type { Detector } from '../../types.ts';
import { found } from '../keyworded.ts';

/** Salt and hash in crypt's own base64. */
const forms: readonly RegExp[] = [
  /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/, /^\$argon2(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{22,128}/,
  /^\$6\$(?:rounds=\d{4,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}/, /^\$5\$(?:rounds=\d{4,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}/,
  /^\$(?:1|apr1)\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}/, /^\$y\$[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}/,
  /^\$pbkdf2(?:-sha(?:256|512))?\$\d+\$[./A-Za-z0-9]{8,64}\$[./A-Za-z0-9]{27,86}/, /^\$scrypt\$ln=\d+,r=\d+,p=\d+\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{22,128}/,
];

export const passwordHash: Detector = {
  name: 'password-hash', version: 1, family: 'structural', check: 'structure', title: 'Password hash', doc: 'bcrypt, argon2, SHA-crypt, MD5-crypt, yescrypt, scrypt and PBKDF2 hashes.',
  facts: 'A scheme between dollar signs, its parameters, salt and hash of the length that the scheme gives.', source: 'crypt(5), libxcrypt; PHC string format',
  anchors: ['$2a$', '$2b$', '$2x$', '$2y$', '$argon2', '$6$', '$5$', '$1$', '$apr1$', '$y$', '$pbkdf2', '$scrypt$'].map(literal),
  verify({ bytes, start, end }, at, match) {
    let from = at - 2;
    while (from > start && from > at - 9 && bytes[from] !== 0x24) from--;
    const text = asciiText(bytes, from, end, 260);
    for (const form of forms) {
      const hash = form.exec(text)?.[0];
      if (hash !== undefined && !/^[./A-Za-z0-9]/.test(text.slice(hash.length))) return found(match, from, from + hash.length, 0.97);
    }
    return false;
  },
};
