// Tokens of services that teams plan, design, write and sign in with.
import { base62, base64url, digits, hexDigits, literal, wordBytes } from '../../bytes.ts';
import { base64urlDot, lowerHex, upperDigits } from './alphabets.ts';
import { crcHexOfAll } from './checksums.ts';
import { atLeast, between, exactly, form, named, patterned } from './form.ts';
import { mixed, partDecodesTo, random } from './structures.ts';
import type { ByteSet } from '../../types.ts';
import { detector } from './verify.ts';

const notWord: ByteSet = (byte) => wordBytes[byte] === 0;
const family = 'saas' as const;

export const workDetectors = [
  detector({
    name: 'atlassian-token', family, title: 'Atlassian token', check: 'checksum',
    doc: 'API tokens of Atlassian accounts, service accounts and organizations.', facts: 'ATATT3, ATSTT3 or ATOATT, base64url and =, then 8 hex digits: the CRC-32 of all before.', source: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
    tokens: ['ATATT3', 'ATSTT3', 'ATOATT'].map((prefix) => form([prefix, between(60, 400, base64url), '=', exactly(8, hexDigits)], { judge: crcHexOfAll })),
  }),
  detector({
    name: 'linear-key', family, title: 'Linear key', check: 'shape',
    doc: 'API keys and OAuth tokens of Linear.', facts: 'lin_api_ and 40 base-62 characters; lin_oauth_ and 64 hex digits.', source: 'https://linear.app/developers/graphql',
    tokens: [form(['lin_api_', between(40, 48, base62)]), form(['lin_oauth_', exactly(64, lowerHex)])],
  }),
  detector({
    name: 'notion-token', family, title: 'Notion token', check: 'shape',
    doc: 'Integration tokens of Notion, newer and older.', facts: 'ntn_, 11 digits and 35 base-62 characters; secret_ and 43 base-62 characters.', source: 'https://developers.notion.com/docs/authorization',
    tokens: [form(['ntn_', exactly(11, digits), exactly(35, base62)]), form(['secret_', exactly(43, base62)], { anchor: 'cret_', offset: 2, judge: random(7, 0.93) })],
  }),
  detector({
    name: 'postman-key', family, title: 'Postman key', check: 'shape',
    doc: 'API keys of Postman.', facts: 'PMAK-, 24 hex digits, - and 34.', source: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
    tokens: [form(['PMAK-', exactly(24, lowerHex), '-', exactly(34, lowerHex)]), form(['PMAT-', exactly(26, base62)])],
  }),
  detector({
    name: 'figma-token', family, title: 'Figma token', check: 'shape',
    doc: 'Personal access tokens of Figma.', facts: 'figd_ (also figo_, figu_) and 40 base64url characters.', source: 'https://developers.figma.com/docs/rest-api/personal-access-tokens/',
    tokens: ['figd_', 'figo_', 'figu_'].map((prefix) => form([prefix, between(36, 48, base64url)], { judge: random(5) })),
  }),
  detector({
    name: 'airtable-token', family, title: 'Airtable token', check: 'shape',
    doc: 'Personal access tokens of Airtable, after a sign or Bearer, and older keys by the name before them.', facts: 'pat, 14 base-62 characters, . and 64 hex digits; key and 14 base-62 characters after a name with airtable.', source: 'https://airtable.com/developers/web/guides/personal-access-tokens',
    contexts: [
      patterned(['r pat', '=pat', ':pat'], String.raw`(?<![A-Za-z0-9])[\w.-]{0,48}[ =:](?<value>pat[A-Za-z0-9]{14}\.[0-9a-f]{64})(?![A-Za-z0-9])`, () => 0.97),
      named(['irtab'], String.raw`[\w.-]{0,12}airtable[\w.-]{0,16}`, String.raw`(?:pat[A-Za-z0-9]{14}\.[0-9a-f]{64}|key[A-Za-z0-9]{14})`, mixed),
    ],
  }),
  detector({
    name: 'asana-token', family, title: 'Asana token', check: 'context',
    doc: 'Personal access tokens of Asana, by the name before them.', facts: '1/ or 2/ and one or two numbers, : and 32 hex digits; after a name with asana.', source: 'https://developers.asana.com/docs/personal-access-token',
    contexts: [named(['asana'], String.raw`[\w.-]{0,12}asana[\w.-]{0,16}`, String.raw`[012]/\d{10,20}(?:/\d{10,20})?:[0-9a-f]{32}`, () => 0.96)],
  }),
  detector({
    name: 'contentful-token', family, title: 'Contentful token', check: 'shape',
    doc: 'Personal access tokens of Contentful.', facts: 'CFPAT- and 43 base64url characters.', source: 'https://www.contentful.com/developers/docs/references/authentication/',
    tokens: [form(['CFPAT-', exactly(43, base64url)])],
  }),
  detector({
    name: 'typeform-token', family, title: 'Typeform token', check: 'shape',
    doc: 'Personal access tokens of Typeform.', facts: 'tfp_ and 40 to 59 base64url characters or dots.', source: 'https://www.typeform.com/developers/get-started/personal-access-token/',
    tokens: [form(['tfp_', between(40, 60, base64urlDot)], { judge: random(4) })],
  }),
  detector({
    name: 'mapbox-token', family, title: 'Mapbox secret token', check: 'structure',
    doc: 'Secret and temporary tokens of Mapbox; public ones begin with pk.', facts: 'sk. or tk., base64url of JSON with u and a, . and 22 base64url characters.', source: 'https://docs.mapbox.com/help/getting-started/access-tokens/',
    tokens: ['sk.eyJ', 'tk.eyJ'].map((prefix) => form([prefix, between(40, 200, base64url), '.', between(20, 24, base64url)], { keep: 3, judge: partDecodesTo(3, '.', /^\{"u":/) })),
  }),
  detector({
    name: 'okta-token', family, title: 'Okta token', check: 'context',
    doc: 'API tokens of Okta, by their scheme or the name before them.', facts: '00 and 40 base64url characters after Authorization: SSWS or a name with okta and token.', source: 'https://developer.okta.com/docs/guides/create-an-api-token/main/',
    contexts: [patterned(['ssws '], String.raw`(?<![A-Za-z0-9])ssws (?<value>00[A-Za-z0-9_-]{38,42})(?![A-Za-z0-9_-])`, mixed), named(['okta'], String.raw`[\w.-]{0,12}okta[\w.-]{0,12}(?:token|key)`, '00[A-Za-z0-9_-]{40}', random(0, 0.96))],
  }),
  detector({
    name: 'auth0-secret', family, title: 'Auth0 client secret', check: 'context',
    doc: 'Client secrets of Auth0 applications, by the name before them.', facts: '64 base64url characters after a name with auth0 and secret.', source: 'https://auth0.com/docs/get-started/applications/confidential-and-public-applications',
    contexts: [named(['auth0'], String.raw`[\w.-]{0,12}auth0[\w.-]{0,16}secret`, '[A-Za-z0-9_-]{64}', random(0, 0.96))],
  }),
  detector({
    name: 'algolia-key', family, title: 'Algolia key', check: 'context',
    doc: 'Admin, write and search keys of Algolia, by the name before them.', facts: '32 hex digits after X-Algolia-API-Key or a name with algolia and key.', source: 'https://www.algolia.com/doc/guides/security/api-keys/',
    contexts: [named(['lgoli'], String.raw`[\w.-]{0,12}algolia[\w.-]{0,16}key`, '[0-9a-f]{32}', mixed)],
  }),
  detector({
    name: 'dropbox-token', family, title: 'Dropbox token', check: 'shape',
    doc: 'Short-lived access tokens of Dropbox.', facts: 'sl., sometimes u., and 130 or more base64url characters.', source: 'https://developers.dropbox.com/oauth-guide',
    tokens: [form(['sl.u.', atLeast(130, base64url)]), form(['sl.', atLeast(130, base64url)], { anchor: 'sl.B', judge: random(3) }), form(['sl.', atLeast(130, base64url)], { anchor: 'sl.A', judge: random(3) })],
  }),
  detector({
    name: 'adobe-secret', family, title: 'Adobe client secret', check: 'shape',
    doc: 'Client secrets of Adobe applications.', facts: 'p8e- and 32 base64url characters.', source: 'https://developer.adobe.com/developer-console/docs/guides/authentication/',
    tokens: [form(['p8e-', exactly(32, base64url)], { judge: random(4) })],
  }),
  detector({
    name: 'clickup-token', family, title: 'ClickUp token', check: 'shape',
    doc: 'Personal API tokens of ClickUp.', facts: 'pk_, the user\u2019s number, _ and 32 capitals and digits.', source: 'https://developer.clickup.com/docs/authentication',
    tokens: [form(['pk_', between(5, 12, digits), '_', exactly(32, upperDigits)], { anchor: [notWord, ...literal('pk_')], offset: -1 })],
  }),
];
