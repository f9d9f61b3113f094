// Credentials as configuration files hold them: .npmrc, .netrc, Docker's config.json, otpauth addresses of authenticators.
import { asciiText, decodeBase64, literal } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector } from '../../types.ts';
import { found } from '../keyworded.ts';

const family = 'structural' as const;

const npmrc: Detector = {
  name: 'npmrc-auth', version: 1, family, check: 'context', title: 'npm registry credential', doc: '_authToken, _auth and _password of .npmrc.',
  facts: '//registry/:_authToken=value, or _auth and _password with base64; variables are left.', source: 'https://docs.npmjs.com/cli/configuring-npm/npmrc',
  anchors: ['_authToken=', '_auth=', ':_password='].map(literal),
  verify({ bytes, end }, at, match) {
    const value = /^"?([A-Za-z0-9+/=_.:-]{8,400})/.exec(asciiText(bytes, at, end, 402));
    if (value === null || isPlaceholder(value[1]!)) return false;
    return found(match, at + value[0].length - value[1]!.length, at + value[0].length, 0.95);
  },
};

const netrc: Detector = {
  name: 'netrc-password', version: 1, family, check: 'structure', title: 'Password in .netrc', doc: 'The password of a machine entry.',
  facts: 'machine HOST login NAME password VALUE, with blanks or line ends between.', source: 'GNU Inetutils manual, section 12.7 (.netrc)',
  anchors: [literal('machine ')],
  verify({ bytes, end }, at, match) {
    const hit = /^[^\s]{1,80}\s{1,4}login\s{1,4}[^\s]{1,80}\s{1,4}password\s{1,4}([^\s"']{3,80})/.exec(asciiText(bytes, at, end, 280));
    if (hit === null || isPlaceholder(hit[1]!)) return false;
    return found(match, at + hit[0].length - hit[1]!.length, at + hit[0].length, 0.97);
  },
};

const docker: Detector = {
  name: 'docker-auth', version: 1, family, check: 'structure', title: 'Docker registry credential', doc: 'The auth entry of Docker\'s config.json and of pull secrets.',
  facts: '"auth" with base64 that decodes to user:password.', source: 'https://docs.docker.com/reference/cli/docker/login/',
  anchors: ['"auth":', '"auth\\":'].map(literal),
  verify({ bytes, end }, at, match) {
    const hit = /^ ?\\?"([A-Za-z0-9+/]{8,1000}={0,2})\\?"/.exec(asciiText(bytes, at, end, 1010));
    if (hit === null) return false;
    const from = at + hit[0].indexOf(hit[1]!);
    const decoded = decodeBase64(bytes, from, from + hit[1]!.replace(/=+$/, '').length);
    if (decoded === null || !/^[\x21-\x39\x3b-\x7e]+:[\x20-\x7e]+$/.test(decoded)) return false;
    return found(match, from, from + hit[1]!.length, 0.96);
  },
};

const otpauth: Detector = {
  name: 'otpauth-secret', version: 1, family, check: 'structure', title: 'Authenticator secret', doc: 'The secret of an otpauth address, from which one-time codes are made.',
  facts: 'otpauth://totp or hotp, a label, and secret= with base 32 of 16 characters or more.', source: 'https://github.com/google/google-authenticator/wiki/Key-Uri-Format; RFC 6238',
  anchors: [literal('otpauth://')],
  verify({ bytes, end }, at, match) {
    if (!/^[th]otp\/$/.test(asciiText(bytes, at, end, 5))) return false;
    const hit = /^[th]otp\/[^\s"'?]{1,120}\?(?:[a-z]{1,12}=[^\s"'&]{0,60}&){0,6}secret=([A-Za-z2-7]{16,128})/.exec(asciiText(bytes, at, end, 420));
    return hit !== null && found(match, at + hit[0].length - hit[1]!.length, at + hit[0].length, 0.98);
  },
};

export const fileDetectors: readonly Detector[] = [npmrc, netrc, docker, otpauth];
